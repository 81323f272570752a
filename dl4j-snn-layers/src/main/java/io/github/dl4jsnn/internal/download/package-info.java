/**
 * Files from web servers: resumed, checked, put in place as a whole; not API.
 *
 * <p>Start with {@link io.github.dl4jsnn.internal.download.FileDownload}.
 */
package io.github.dl4jsnn.internal.download;
