/** Tests of positional codes. */
package io.github.dl4jsnn.position;
