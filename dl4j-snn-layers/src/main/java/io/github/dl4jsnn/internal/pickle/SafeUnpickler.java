package io.github.dl4jsnn.internal.pickle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * An unpickler for files from strangers. What it does itself, and why:
 *
 * <ul>
 *   <li>classes come from {@link PythonClasses} alone, not from the library's registry, which
 *       anyone in the JVM can add to, and from which an unknown class becomes a map;
 *   <li>states are given to {@link PythonObject}s alone: the library calls {@code __setstate__} of
 *       whatever is there by reflection;
 *   <li>lengths are held against the bytes that are left before memory is taken for them;
 *   <li>an object gets one state, and arrays are counted: memory stays proportional to the file;
 *   <li>keys are numbers and strings: the hash of nested lists may take for ever;
 *   <li>instructions that such files do not need are refused.
 * </ul>
 */
final class SafeUnpickler extends Unpickler {

  /** Each may make an object of some 100 bytes. Pubmed's graph takes 300 thousand. */
  private static final int MAX_INSTRUCTIONS = 4_000_000;

  private final PythonClasses classes = new PythonClasses();
  private final Set<Object> complete = Collections.newSetFromMap(new IdentityHashMap<>());
  private Bytes bytes;
  private int instructions;

  @Override
  public Object loads(byte[] pickle) throws IOException {
    bytes = new Bytes(pickle);
    classes.allow(pickle.length);
    return load(bytes);
  }

  @Override
  protected Object dispatch(short instruction) throws IOException {
    if (++instructions > MAX_INSTRUCTIONS) {
      throw new PickleException("more than " + MAX_INSTRUCTIONS + " instructions");
    }
    switch (instruction) {
      case Opcodes.GLOBAL:
        String module = PickleUtils.readline(input);
        stack.add(classes.find(module, PickleUtils.readline(input)));
        return NO_RETURN_VALUE;
      case Opcodes.STACK_GLOBAL:
        Object name = stack.pop();
        stack.add(classes.find((String) stack.pop(), (String) name));
        return NO_RETURN_VALUE;
      case Opcodes.REDUCE:
      case Opcodes.NEWOBJ:
        construct();
        return NO_RETURN_VALUE;
      case Opcodes.BUILD:
        setState();
        return NO_RETURN_VALUE;
      case Opcodes.SETITEM:
        Object value = stack.pop();
        Object key = stack.pop();
        put(map(stack.peek()), key, value);
        return NO_RETURN_VALUE;
      case Opcodes.SETITEMS:
        List<Object> items = stack.pop_all_since_marker();
        putAll(map(stack.peek()), items);
        return NO_RETURN_VALUE;
      case Opcodes.APPENDS:
        List<Object> more = stack.pop_all_since_marker();
        list(stack.peek()).addAll(more);
        return NO_RETURN_VALUE;
      case Opcodes.BINSTRING:
      case Opcodes.BINUNICODE:
      case Opcodes.BINBYTES:
        bytes.requireLength();
        return super.dispatch(instruction);
      case Opcodes.PROTO:
      case Opcodes.FRAME:
      case Opcodes.STOP:
      case Opcodes.MARK:
      case Opcodes.NONE:
      case Opcodes.NEWTRUE:
      case Opcodes.NEWFALSE:
      case Opcodes.INT:
      case Opcodes.BININT:
      case Opcodes.BININT1:
      case Opcodes.BININT2:
      case Opcodes.LONG1:
      case Opcodes.BINFLOAT:
      case Opcodes.STRING:
      case Opcodes.SHORT_BINSTRING:
      case Opcodes.SHORT_BINUNICODE:
      case Opcodes.SHORT_BINBYTES:
      case Opcodes.EMPTY_TUPLE:
      case Opcodes.TUPLE:
      case Opcodes.TUPLE1:
      case Opcodes.TUPLE2:
      case Opcodes.TUPLE3:
      case Opcodes.EMPTY_LIST:
      case Opcodes.LIST:
      case Opcodes.APPEND:
      case Opcodes.EMPTY_DICT:
      case Opcodes.GET:
      case Opcodes.BINGET:
      case Opcodes.LONG_BINGET:
      case Opcodes.PUT:
      case Opcodes.BINPUT:
      case Opcodes.LONG_BINPUT:
      case Opcodes.MEMOIZE:
        return super.dispatch(instruction);
      case Opcodes.DICT:
        List<Object> pairs = stack.pop_all_since_marker();
        Map<Object, Object> made = new HashMap<>();
        putAll(made, pairs);
        stack.add(made);
        return NO_RETURN_VALUE;
      default:
        throw new PickleException(
            String.format(
                "instruction 0x%02x, which a pickle of arrays and lists does not need",
                instruction));
    }
  }

  private void construct() {
    Object arguments = stack.pop();
    Object constructor = stack.pop();
    if (!(arguments instanceof Object[] && constructor instanceof IObjectConstructor)) {
      throw new PickleException("a call of something that is no class");
    }
    stack.add(((IObjectConstructor) constructor).construct((Object[]) arguments));
  }

  private void setState() {
    Object state = stack.pop();
    Object target = stack.peek();
    if (!(target instanceof PythonObject)) {
      throw new PickleException("a state for something that has none");
    }
    if (!complete.add(target)) {
      throw new PickleException("a second state for the same object");
    }
    ((PythonObject) target).setState(state);
  }

  private static void putAll(Map<Object, Object> map, List<Object> items) {
    if (items.size() % 2 != 0) {
      throw new PickleException("a key without a value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      put(map, items.get(i), items.get(i + 1));
    }
  }

  private static void put(Map<Object, Object> map, Object key, Object value) {
    if (!(key instanceof Integer || key instanceof Long || key instanceof String)) {
      throw new PickleException("a key that is neither a number nor a string");
    }
    map.put(key, value);
  }

  @SuppressWarnings("unchecked")
  private static Map<Object, Object> map(Object value) {
    return (Map<Object, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  /** The file, with a look ahead. */
  private static final class Bytes extends ByteArrayInputStream {
    Bytes(byte[] pickle) {
      super(pickle);
    }

    /** Looks at the four bytes of length that come next. */
    void requireLength() {
      if (count - pos < 4) {
        throw new PickleException("cut off");
      }
      int length = PickleUtils.bytes_to_integer(buf, pos, 4);
      if (length < 0 || length > count - pos - 4) {
        throw new PickleException(
            String.format(
                "a string of %d bytes where %d are left", length & 0xffffffffL, count - pos - 4));
      }
    }
  }
}
