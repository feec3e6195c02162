package org.muster.monitor;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the calls of one provider.
 *
 * @param all those of all operations
 * @param operations by name
 */
public record ProviderFigures(Provider provider, Figures all, Map<String, Figures> operations) {
  public ProviderFigures {
    operations = Collections.unmodifiableMap(new TreeMap<>(operations));
  }
}
