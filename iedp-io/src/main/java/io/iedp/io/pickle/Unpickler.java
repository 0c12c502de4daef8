package io.iedp.io.pickle;

import io.iedp.io.pickle.Pickled.Dict;
import io.iedp.io.pickle.Pickled.Global;
import io.iedp.io.pickle.Pickled.Items;
import io.iedp.io.pickle.Pickled.Nothing;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Reads Python's pickle format, protocols 0 to 5, as data. A pickle is a program that calls what it names; what those
 * calls give is for {@link Calls} to say.
 *
 * <p>Time and memory are bounded by the length of the pickle, and nothing recurses.
 */
public final class Unpickler {
    /** The most digits, or bytes, of a whole number; to convert them takes time that grows with their square. */
    private static final int MAX_DIGITS = 1000;

    private final ByteBuffer in;
    private final int maxSteps;
    private final Calls calls;
    private final List<Object> stack = new ArrayList<>();
    private int[] marks = new int[16];
    private int marked;
    private final Memo memo = new Memo();

    /**
     * @param in is read from its position
     * @param maxSteps how many operations it may have; each makes at most one small object
     */
    public Unpickler(ByteBuffer in, int maxSteps, Calls calls) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
        this.maxSteps = maxSteps;
        this.calls = calls;
    }

    /**
     * Reads one object and leaves the buffer behind it.
     *
     * @throws BrokenPickle if it is damaged, of another protocol, or what it calls is refused
     */
    public Object read() {
        for (int step = 0; step < maxSteps; step++) {
            int code = (int) number(1);
            if (code == '.') {
                return pop();
            }
            run(code);
        }
        throw new BrokenPickle("it has more than %s steps".formatted(maxSteps));
    }

    private void run(int code) {
        switch (code) {
            case 0x80 -> protocol(number(1));
            case 0x95 -> take(8); // a frame's length
            case '(' -> mark();
            case '0' -> pop();
            case '1' -> cut();
            case '2' -> push(top());
            case 'N' -> push(Nothing.NOTHING);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) (int) number(4));
            case 'K' -> push(number(1));
            case 'M' -> push(number(2));
            case 0x8a -> push(integer(number(1)));
            case 0x8b -> push(integer(number(4)));
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(number(8))));
            case 'X' -> push(text(number(4), StandardCharsets.UTF_8));
            case 0x8c -> push(text(number(1), StandardCharsets.UTF_8));
            case 0x8d -> push(text(number(8), StandardCharsets.UTF_8));
            case 'T' -> push(string(take(number(4))));
            case 'U' -> push(string(take(number(1))));
            case 'B' -> skip(number(4));
            case 'C' -> skip(number(1));
            case 0x8e, 0x96 -> skip(number(8));
            case ']', ')', 0x8f -> push(new Items(List.of()));
            case '}' -> push(new Dict());
            case 'l', 't', 0x91 -> push(new Items(cut()));
            case 0x85 -> tuple(1);
            case 0x86 -> tuple(2);
            case 0x87 -> tuple(3);
            case 'd' -> setItems(new Dict(), cut());
            case 'a' -> append(Collections.singletonList(pop()));
            case 'e', 0x90 -> append(cut());
            case 's' -> {
                Object value = pop();
                Object key = pop();
                setItems(pop(), List.of(key, value));
            }
            case 'u' -> {
                List<Object> items = cut();
                setItems(pop(), items);
            }
            case 'c' -> push(calls.global(new Global(line(), line())));
            case 0x93 -> {
                Object name = pop();
                push(calls.global(new Global(name(pop()), name(name))));
            }
            case 'R', 0x81 -> {
                Object arguments = pop();
                push(calls.call(pop(), arguments));
            }
            case 0x92 -> {
                pop(); // arguments by keyword
                Object arguments = pop();
                push(calls.call(pop(), arguments));
            }
            case 'i' -> push(calls.call(calls.global(new Global(line(), line())), new Items(cut())));
            case 'b' -> {
                Object state = pop();
                calls.build(top(), state);
            }
            case 'Q' -> push(calls.persistent(pop()));
            case 'P' -> push(calls.persistent(line()));
            case 'q' -> memo.put((int) number(1), top());
            case 'r' -> memo.put((int) number(4), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> push(remembered((int) number(1)));
            case 'j' -> push(remembered((int) number(4)));
            // Protocol 0 is text.
            case 'I' -> push(integer(line()));
            case 'L' -> push(whole(line()));
            case 'F' -> push(real(line()));
            case 'S' -> push(quoted(line()));
            case 'V' -> push(Escapes.unicode(line()));
            case 'p' -> memo.put(index(line()), top());
            case 'g' -> push(remembered(index(line())));
            default ->
                throw new BrokenPickle(String.format(
                        Locale.ROOT,
                        "at byte %s it has the operation 0x%02x, which is not supported",
                        in.position() - 1,
                        code));
        }
    }

    private static void protocol(long version) {
        if (version > 5) {
            throw new BrokenPickle("it is of protocol %s; 0 to 5 are supported".formatted(version));
        }
    }

    private void append(List<Object> values) {
        if (top() instanceof Items items) {
            items.add(values);
        }
    }

    private void setItems(Object target, List<Object> items) {
        if (target instanceof Dict dict) {
            for (int i = 0; i + 1 < items.size(); i += 2) {
                dict.put(items.get(i), items.get(i + 1));
            }
        }
        push(target);
    }

    private void tuple(int length) {
        if (stack.size() < length) {
            throw new BrokenPickle("it takes more from its stack than there is");
        }
        List<Object> last = stack.subList(stack.size() - length, stack.size());
        Items items = new Items(new ArrayList<>(last));
        last.clear();
        push(items);
    }

    /** Takes what lies above the last mark. */
    private List<Object> cut() {
        if (marked == 0 || marks[marked - 1] > stack.size()) {
            throw new BrokenPickle("it has an end without a beginning");
        }
        List<Object> last = stack.subList(marks[--marked], stack.size());
        List<Object> items = last.isEmpty() ? List.of() : new ArrayList<>(last);
        last.clear();
        return items;
    }

    private void mark() {
        if (marked == marks.length) {
            marks = Arrays.copyOf(marks, 2 * marked);
        }
        marks[marked++] = stack.size();
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        if (stack.isEmpty()) {
            throw new BrokenPickle("it takes more from its stack than there is");
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        Object top = top();
        stack.remove(stack.size() - 1);
        return top;
    }

    private Object remembered(int index) {
        return memo.get(index).orElseThrow(() -> new BrokenPickle("it refers to something that it did not define"));
    }

    private static String name(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new BrokenPickle("it has something else where a name must be");
    }

    private String line() {
        int end = in.position();
        while (end < in.limit() && in.get(end) != '\n') {
            end++;
        }
        String line = text(end - in.position(), StandardCharsets.ISO_8859_1);
        take(1);
        return line;
    }

    /** A string of Python 2, which is one of bytes: what they mean is not written down. */
    private static String string(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException e) {
            return StandardCharsets.ISO_8859_1.decode(bytes).toString();
        }
    }

    private static String quoted(String line) {
        int last = line.length() - 1;
        if (last < 1 || line.charAt(0) != line.charAt(last) || line.charAt(0) != '\'' && line.charAt(0) != '"') {
            throw new BrokenPickle(
                    line.endsWith("\r")
                            ? "its lines end as those of Windows do, so it was copied as text; copy it anew, as it is"
                            : "it has a string without quotes");
        }
        return string(ByteBuffer.wrap(Escapes.bytes(line.substring(1, last)).getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Truth values are written as numbers of two digits. */
    private static Object integer(String line) {
        return switch (line) {
            case "00" -> false;
            case "01" -> true;
            default -> whole(line);
        };
    }

    private static Object whole(String line) {
        try {
            String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
            if (digits.length() <= MAX_DIGITS) {
                return fitted(new BigInteger(digits));
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BrokenPickle("it has something else where a number must be");
    }

    private static Object real(String line) {
        try {
            return switch (line) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "nan" -> Double.NaN;
                default -> Double.valueOf(line);
            };
        } catch (NumberFormatException e) {
            throw new BrokenPickle("it has something else where a number must be");
        }
    }

    private static int index(String line) {
        try {
            return Integer.parseInt(line);
        } catch (NumberFormatException e) {
            throw new BrokenPickle("it refers to something that it did not define");
        }
    }

    private String text(long length, Charset charset) {
        return charset.decode(take(length)).toString();
    }

    private void skip(long length) {
        take(length);
        push(Nothing.NOTHING);
    }

    /** A whole number of any size, as a {@link Long} where it fits. */
    private Object integer(long length) {
        ByteBuffer taken = take(length);
        if (length > MAX_DIGITS) {
            throw new BrokenPickle(
                    "it has a whole number of %s bytes; more than %s are absurd".formatted(length, MAX_DIGITS));
        }
        byte[] bytes = new byte[taken.remaining()];
        taken.get(bytes);
        for (int i = 0; i < bytes.length / 2; i++) {
            byte swapped = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = swapped;
        }
        return fitted(bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes));
    }

    private static Object fitted(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    /** An unsigned number; one of 8 bytes beyond the range of a long is negative. */
    private long number(int bytes) {
        require(bytes);
        return switch (bytes) {
            case 1 -> Byte.toUnsignedLong(in.get());
            case 2 -> Short.toUnsignedLong(in.getShort());
            case 4 -> Integer.toUnsignedLong(in.getInt());
            default -> in.getLong();
        };
    }

    private ByteBuffer take(long length) {
        require(length);
        ByteBuffer taken = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return taken;
    }

    private void require(long length) {
        if (length < 0 || length > in.remaining()) {
            throw new BrokenPickle("it ends in the middle, after %s bytes".formatted(in.limit()));
        }
    }
}
