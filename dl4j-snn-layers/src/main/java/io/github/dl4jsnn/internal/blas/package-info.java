/**
 * Matrix products, the one place that calls BLAS: {@link io.github.dl4jsnn.internal.blas.Gemm}
 * decides how, {@link io.github.dl4jsnn.internal.blas.Matrix} says where the numbers are.
 */
package io.github.dl4jsnn.internal.blas;
