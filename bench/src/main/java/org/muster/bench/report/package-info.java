/** Figures as Markdown and JSON, and the verdict on each target. */
@NullMarked
package org.muster.bench.report;

import org.jspecify.annotations.NullMarked;
