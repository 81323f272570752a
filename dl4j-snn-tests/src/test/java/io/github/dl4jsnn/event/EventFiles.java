package io.github.dl4jsnn.event;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes files of events from the published descriptions of their formats, word by word, and shares
 * nothing with the readers. An event is {x, y, polarity, time}.
 */
final class EventFiles {
  static final String AEDAT_2 =
      "#!AER-DAT2.0\r\n# This is a raw AE data file\r\n# AEChip: DVS128\r\n";
  static final String AEDAT_3 =
      "#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#Start-Time: 2016-01-01 00:00:00\r\n"
          + "#!END-HEADER\r\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A file that begins with a text. */
  EventFiles(String header) {
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] nMnist(long[]... events) {
    EventFiles file = new EventFiles("");
    for (long[] e : events) {
      long word = e[0] * (1L << 32) + e[1] * (1L << 24) + e[2] * (1L << 23) + e[3];
      byte[] eight = ByteBuffer.allocate(8).putLong(word).array();
      file.out.write(eight, 3, 5);
    }
    return file.bytes();
  }

  static byte[] aedat2(long[]... events) {
    EventFiles file = new EventFiles(AEDAT_2);
    for (long[] e : events) {
      int address = (int) (e[2] + 2 * e[0] + 256 * e[1]);
      file.out.writeBytes(ByteBuffer.allocate(8).putInt(address).putInt((int) e[3]).array());
    }
    return file.bytes();
  }

  /** A packet of polarity events, all valid. */
  EventFiles polarities(int overflows, long[]... events) {
    ByteBuffer data = ByteBuffer.allocate(8 * events.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long[] e : events) {
      data.putInt((int) (1 + 2 * e[2] + 4 * e[1] + 131072 * e[0])).putInt((int) e[3]);
    }
    return packet(1, 8, overflows, events.length, data.array());
  }

  EventFiles packet(int type, int eventSize, int overflows, int number, byte[] data) {
    ByteBuffer header = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort((short) type).putShort((short) 1).putInt(eventSize).putInt(4).putInt(overflows);
    header.putInt(number).putInt(number).putInt(number);
    out.writeBytes(header.array());
    out.writeBytes(data);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** The bytes of a text of hexadecimal digits and blanks. */
  static byte[] hex(String text) {
    String digits = text.replace(" ", "");
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  /** The events {x, y, polarity, time} as the value that readers make. */
  static Events events(int width, int height, long[]... events) {
    Events.Builder b = new Events.Builder(width, height);
    for (long[] e : events) {
      b.add((int) e[0], (int) e[1], (int) e[2], e[3]);
    }
    return b.build();
  }
}
