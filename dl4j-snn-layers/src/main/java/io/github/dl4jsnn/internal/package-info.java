/** Not for users, may change: what the builders of several packages share. */
package io.github.dl4jsnn.internal;
