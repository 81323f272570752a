/**
 * JMH benchmarks, one class each, named after what they time.
 *
 * <p>{@code mvn -B -q -pl dl4j-snn-tests -am -Pbenchmark -Dbench=LifBenchmark process-test-classes}
 * runs one; {@code -Dbench.args="…"} passes options to JMH. {@code dl4j-snn-tests/peers} runs them
 * and other libraries in turn and compares. The times to look at are the medians, {@code p0.50}.
 */
package io.github.dl4jsnn.benchmark;
