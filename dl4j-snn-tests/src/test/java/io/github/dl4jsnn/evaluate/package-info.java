/** Tests of the evaluations. */
package io.github.dl4jsnn.evaluate;
