/** Tests of the package of the same name. */
package io.github.dl4jsnn.convert;
