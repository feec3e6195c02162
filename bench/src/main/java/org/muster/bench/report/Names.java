package org.muster.bench.report;

/** The scenarios by name, as reports show them and options choose them. */
public final class Names {
  public static final String JAXRS = "bench-jaxrs";
  public static final String SERVLET = "bench-servlet";
  public static final String PG_INSERT = "pgbench-insert";
  public static final String PG_READ = "pgbench-read";
  public static final String GET = "get";
  public static final String GET_HOT = "get-hot";
  public static final String CACHE_GET = "cache-get";
  public static final String FILTER = "filter-username";
  public static final String LIST_SMALL = "list-1000";
  public static final String LIST = "list";
  public static final String CURSOR = "cursor";
  public static final String CURSOR_FIRST = "cursor-first";
  public static final String CURSOR_LAST = "cursor-last";
  public static final String CREATE = "create";
  public static final String BULK = "bulk-1000";
  public static final String FEED_LATENCY = "feed-latency";
  public static final String REPLACE = "replace";
  public static final String PATCH_ACTIVE = "patch-active";
  public static final String MEMBER_10 = "add-member-10";
  public static final String MEMBER_1000 = "add-member-1000";
  public static final String MEMBER_10000 = "add-member-10000";
  public static final String SCAN = "scan";
  public static final String TENANTS = "tenants";
  public static final String TENANT_CREATE = "tenant-create";
  public static final String GET_FEW_TENANTS = "get-few-tenants";
  public static final String GET_MANY_TENANTS = "get-many-tenants";

  private Names() {}
}
