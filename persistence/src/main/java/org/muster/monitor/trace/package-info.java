/** Spans of distributed traces around what is called (OpenTelemetry). */
@NullMarked
package org.muster.monitor.trace;

import org.jspecify.annotations.NullMarked;
