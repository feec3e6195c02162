package org.muster.monitor.trace;

import io.opentelemetry.api.common.AttributeKey;

/** The attributes of spans. */
final class Spans {
  static final AttributeKey<String> KIND = ours("kind");
  static final AttributeKey<String> PROVIDER = ours("provider");
  static final AttributeKey<String> LEVEL = ours("level");
  static final AttributeKey<String> TENANT = ours("tenant");
  static final AttributeKey<String> OUTCOME = ours("outcome");
  static final AttributeKey<String> REQUEST = ours("request.id");
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

  private Spans() {}

  private static AttributeKey<String> ours(String name) {
    return AttributeKey.stringKey("muster." + name);
  }
}
