package io.github.dl4jsnn.monitor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.deeplearning4j.core.storage.Persistable;

/**
 * What the records of {@link StatsStorageSink} share: identifiers, time, and an encoding of their
 * own, which starts with its version.
 *
 * <p>DL4J's storages make a record of the class they have written down, with the constructor
 * without arguments, and let it decode its bytes. Not thread-safe while it decodes.
 */
public abstract class StatsStorageRecord implements Persistable {
  private static final long serialVersionUID = 1L;

  /** Version of the encoding. */
  private static final int VERSION = 1;

  private String sessionID;
  private String workerID;
  private long timeStamp;

  StatsStorageRecord() {}

  StatsStorageRecord(String sessionID, String workerID, long timeStamp) {
    this.sessionID = sessionID;
    this.workerID = workerID;
    this.timeStamp = timeStamp;
  }

  @Override
  public final String getSessionID() {
    return sessionID;
  }

  @Override
  public final String getTypeID() {
    return StatsStorageSink.TYPE_ID;
  }

  @Override
  public final String getWorkerID() {
    return workerID;
  }

  @Override
  public final long getTimeStamp() {
    return timeStamp;
  }

  /** Writes what a kind of record has beside identifiers and time. */
  abstract void writeContent(DataOutput out) throws IOException;

  /** Reads what {@link #writeContent} has written. */
  abstract void readContent(DataInput in) throws IOException;

  @Override
  public final int encodingLengthBytes() {
    return encode().length;
  }

  @Override
  public final byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      encode(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public final void encode(ByteBuffer buffer) {
    buffer.put(encode());
  }

  @Override
  public final void encode(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeShort(VERSION);
    out.writeUTF(sessionID);
    out.writeUTF(workerID);
    out.writeLong(timeStamp);
    writeContent(out);
    out.flush();
  }

  /**
   * Replaces the content of this record.
   *
   * @param bytes what {@link #encode()} gave
   * @throws UncheckedIOException if these are other bytes, or of a later version
   */
  @Override
  public final void decode(byte[] bytes) {
    try {
      decode(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Replaces the content of this record.
   *
   * @param buffer what {@link #encode()} gave, from its position to its limit
   * @throws UncheckedIOException if these are other bytes, or of a later version
   */
  @Override
  public final void decode(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    decode(bytes);
  }

  /**
   * Replaces the content of this record.
   *
   * @param stream what {@link #encode()} gave
   * @throws IOException if it cannot be read, or is of a later version
   */
  @Override
  public final void decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    int version = in.readUnsignedShort();
    if (version != VERSION) {
      throw new IOException(
          getClass().getSimpleName() + ": expected encoding " + VERSION + ", got " + version);
    }
    sessionID = in.readUTF();
    workerID = in.readUTF();
    timeStamp = in.readLong();
    readContent(in);
  }
}
