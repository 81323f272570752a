package io.github.dl4jsnn.internal.pickle;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;

/**
 * The Python classes that a pickle may name, under their old and new names; all others are refused.
 */
final class PythonClasses {
  private static final Set<String> BUILTIN = Set.of("__builtin__", "builtins");
  private static final Set<String> CODECS = Set.of("_codecs");
  private static final Set<String> COPY = Set.of("copy_reg", "copyreg");
  private static final Set<String> COLLECTIONS = Set.of("collections");
  private static final Set<String> NUMPY = Set.of("numpy");
  private static final Set<String> MULTIARRAY =
      Set.of("numpy.core.multiarray", "numpy._core.multiarray");
  private static final Set<String> CSR = Set.of("scipy.sparse.csr", "scipy.sparse._csr");

  /** A matrix has three. More would let a short file ask for the same bytes again and again. */
  private static final int MAX_ARRAYS = 8;

  private final Map<String, IObjectConstructor> known = new HashMap<>();
  private long bytesToEncode;
  private int arrays;
  private int matrices;

  PythonClasses() {
    IObjectConstructor list = a -> notCalled("list");
    IObjectConstructor object = a -> notCalled("object");
    IObjectConstructor array = a -> notCalled("numpy.ndarray");
    IObjectConstructor csr = a -> matrix();
    put(BUILTIN, "list", list);
    put(BUILTIN, "object", object);
    put(NUMPY, "ndarray", array);
    put(CSR, "csr_matrix", csr);
    put(COLLECTIONS, "defaultdict", a -> defaultDict(a, list));
    put(NUMPY, "dtype", a -> new NumpyType(first(a, "numpy.dtype")));
    put(MULTIARRAY, "_reconstruct", a -> array(a, array));
    put(MULTIARRAY, "scalar", PythonClasses::scalar);
    put(COPY, "_reconstructor", a -> reconstructed(a, csr));
    put(CODECS, "encode", this::encode);
  }

  private void put(Set<String> modules, String name, IObjectConstructor constructor) {
    modules.forEach(module -> known.put(module + "." + name, constructor));
  }

  /** Lets so many bytes be made from strings. */
  void allow(long bytes) {
    bytesToEncode = bytes;
  }

  IObjectConstructor find(String module, String name) {
    IObjectConstructor constructor = known.get(module + "." + name);
    if (constructor == null) {
      throw new PickleException(
          String.format(
              "the class %s.%s, which a pickle of arrays and lists does not need", module, name));
    }
    return constructor;
  }

  private static Object notCalled(String name) {
    throw new PickleException("a call of " + name);
  }

  private static Object first(Object[] arguments, String of) {
    return PythonObject.tuple(arguments, 1, of)[0];
  }

  /** What is missing in a map is missing: the default is never asked for. */
  private static Object defaultDict(Object[] arguments, IObjectConstructor list) {
    if (arguments.length != 1 || arguments[0] != list) {
      throw new PickleException("collections.defaultdict of something else than lists");
    }
    return new HashMap<>();
  }

  private Object array(Object[] arguments, IObjectConstructor array) {
    if (first(arguments, "numpy array") != array) {
      throw new PickleException("an array of another class than numpy.ndarray");
    }
    if (++arrays > MAX_ARRAYS) {
      throw new PickleException("more than " + MAX_ARRAYS + " arrays");
    }
    return new NumpyArray();
  }

  private Object matrix() {
    if (++matrices > 1) {
      throw new PickleException("more than one matrix");
    }
    return new CsrMatrix();
  }

  /** A number by itself, such as a size: (type, bytes). */
  private static Object scalar(Object[] arguments) {
    Object[] parts = PythonObject.tuple(arguments, 2, "NumPy number");
    byte[] bytes = PythonObject.bytes(parts[1], "NumPy number");
    if (!(parts[0] instanceof NumpyType) || bytes.length != ((NumpyType) parts[0]).size()) {
      throw PythonObject.unexpected("NumPy number", "its type and as many bytes", bytes.length);
    }
    NumpyType type = (NumpyType) parts[0];
    double value = type.get(type.wrap(bytes), 0);
    return type.isFloat() ? (Object) value : (Object) (long) value;
  }

  /** Python 2 makes objects in protocols 0 and 1 by _reconstructor(class, object, None). */
  private Object reconstructed(Object[] arguments, IObjectConstructor csr) {
    if (first(arguments, "copy_reg._reconstructor") != csr) {
      throw new PickleException("copy_reg._reconstructor of another class than csr_matrix");
    }
    return matrix();
  }

  /** Python 3 writes bytes in protocol 2 as encode(text, "latin1"). */
  private Object encode(Object[] arguments) {
    Object[] parts = PythonObject.tuple(arguments, 2, "_codecs.encode");
    if (!"latin1".equals(parts[1])) {
      throw new PickleException("_codecs.encode to another code than latin1");
    }
    byte[] bytes = PythonObject.bytes(parts[0], "_codecs.encode");
    bytesToEncode -= bytes.length;
    if (bytesToEncode < 0) {
      throw new PickleException("more bytes by _codecs.encode than there are in the file");
    }
    return bytes;
  }
}
