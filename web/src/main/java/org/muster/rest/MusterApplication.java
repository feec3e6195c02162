package org.muster.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.muster.rest.admin.AuditEndpoint;
import org.muster.rest.admin.DeadLettersEndpoint;
import org.muster.rest.admin.ExplainEndpoint;
import org.muster.rest.admin.IssuersEndpoint;
import org.muster.rest.admin.ReceiversEndpoint;
import org.muster.rest.admin.ResourceTypesEndpoint;
import org.muster.rest.admin.SchemasEndpoint;
import org.muster.rest.admin.SigningKeysEndpoint;
import org.muster.rest.admin.SubjectsEndpoint;
import org.muster.rest.admin.TenantsEndpoint;
import org.muster.rest.admin.TokensEndpoint;
import org.muster.rest.admin.TombstonesEndpoint;
import org.muster.rest.admin.WriteBehindEndpoint;
import org.muster.rest.bench.BenchEndpoint;
import org.muster.rest.error.EjbFailureMapper;
import org.muster.rest.error.FailureMapper;
import org.muster.rest.storage.ConsumersEndpoint;
import org.muster.rest.storage.HistoryEndpoint;
import org.muster.rest.storage.MetricsEndpoint;
import org.muster.rest.storage.ProjectionsEndpoint;
import org.muster.rest.storage.ReportsEndpoint;
import org.muster.rest.storage.RootsEndpoint;

/** The JAX-RS application: just these classes, and of Jersey only what they need. */
@ApplicationPath("/")
public class MusterApplication extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        TokensEndpoint.class,
        TombstonesEndpoint.class,
        SubjectsEndpoint.class,
        ExplainEndpoint.class,
        TenantsEndpoint.class,
        IssuersEndpoint.class,
        SigningKeysEndpoint.class,
        AuditEndpoint.class,
        SchemasEndpoint.class,
        ResourceTypesEndpoint.class,
        ConsumersEndpoint.class,
        ReceiversEndpoint.class,
        DeadLettersEndpoint.class,
        WriteBehindEndpoint.class,
        ProjectionsEndpoint.class,
        MetricsEndpoint.class,
        HistoryEndpoint.class,
        RootsEndpoint.class,
        ReportsEndpoint.class,
        BenchEndpoint.class,
        FailureMapper.class,
        EjbFailureMapper.class);
  }

  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.server.wadl.disableWadl", true,
        "jersey.config.beanValidation.disable.server", true,
        "jersey.config.disableJsonProcessing", true,
        "jersey.config.server.response.setStatusOverSendError", true);
  }
}
