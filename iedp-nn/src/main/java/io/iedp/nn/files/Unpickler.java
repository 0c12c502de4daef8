package io.iedp.nn.files;

import io.iedp.nn.files.Pickled.Dict;
import io.iedp.nn.files.Pickled.Global;
import io.iedp.nn.files.Pickled.Items;
import io.iedp.nn.files.Pickled.Nothing;
import io.iedp.nn.files.Pickled.Unknown;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads Python's pickle format, protocols 2 to 5, as data. A pickle is a program that calls what it names; here
 * the few calls that make PyTorch's arrays are known by name, and every other one yields a placeholder.
 *
 * <p>Time and memory are bounded by the length of the pickle, and nothing recurses.
 */
final class Unpickler {
    /** Ten times what a whole training state takes; each makes at most one small object. */
    private static final int MAX_STEPS = 2_000_000;

    private final ByteBuffer in;
    private final Function<Items, Pickled> persistent;
    private final List<Object> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    /** A pickle that cannot be read. */
    static final class BrokenPickle extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenPickle(String message) {
            super(message);
        }
    }

    /**
     * @param in is read from its position; little-endian
     * @param persistent gives what a reference out of the pickle means
     */
    Unpickler(ByteBuffer in, Function<Items, Pickled> persistent) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
        this.persistent = persistent;
    }

    /**
     * Reads one object and leaves the buffer behind it.
     *
     * @throws BrokenPickle if it is damaged or of another protocol
     */
    Object read() {
        for (int step = 0; step < MAX_STEPS; step++) {
            int code = Byte.toUnsignedInt(take(1).get());
            if (code == '.') {
                return pop();
            }
            run(code);
        }
        throw new BrokenPickle("it has more than %d steps".formatted(MAX_STEPS));
    }

    private void run(int code) {
        switch (code) {
            case 0x80 -> protocol(number(1));
            case 0x95 -> take(8); // a frame's length
            case '(' -> marks.push(stack.size());
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
            case 'T' -> push(text(number(4), StandardCharsets.ISO_8859_1)); // a string of Python 2
            case 'U' -> push(text(number(1), StandardCharsets.ISO_8859_1));
            case 'B' -> skip(number(4));
            case 'C' -> skip(number(1));
            case 0x8e, 0x96 -> skip(number(8));
            case ']', ')', 0x8f -> push(Items.empty());
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
            case 'c' -> push(new Global(line(), line()));
            case 0x93 -> {
                Object name = pop();
                push(new Global(string(pop()), string(name)));
            }
            case 'R', 0x81 -> {
                Object arguments = pop();
                push(call(pop(), arguments));
            }
            case 0x92 -> {
                pop(); // arguments by keyword
                Object arguments = pop();
                push(call(pop(), arguments));
            }
            case 'b' -> build(pop());
            case 'Q' -> push(pop() instanceof Items id ? persistent.apply(id) : Nothing.NOTHING);
            case 'q' -> memo.put((int) number(1), top());
            case 'r' -> memo.put((int) number(4), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> push(remembered((int) number(1)));
            case 'j' -> push(remembered((int) number(4)));
            default ->
                throw new BrokenPickle("at byte %d it has the operation 0x%02x, which PyTorch does not use"
                        .formatted(in.position() - 1, code));
        }
    }

    private static void protocol(long version) {
        if (version < 2 || version > 5) {
            throw new BrokenPickle("it is of protocol %d; 2 to 5 are supported".formatted(version));
        }
    }

    private static Pickled call(Object callable, Object arguments) {
        if (!(callable instanceof Global global)) {
            // What an unknown object makes is as unknown.
            return callable instanceof Unknown unknown ? new Unknown(unknown.maker()) : Nothing.NOTHING;
        }
        return arguments instanceof Items items ? TorchCalls.call(global, items.values()) : new Unknown(global);
    }

    private void build(Object state) {
        if (top() instanceof Unknown unknown && state instanceof Dict dict) {
            unknown.fill(dict);
        }
    }

    private void append(List<Object> values) {
        if (top() instanceof Items items) {
            items.values().addAll(values);
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
        if (marks.isEmpty() || marks.peek() > stack.size()) {
            throw new BrokenPickle("it has an end without a beginning");
        }
        List<Object> last = stack.subList(marks.pop(), stack.size());
        List<Object> items = new ArrayList<>(last);
        last.clear();
        return items;
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
        Object value = memo.get(index);
        if (value == null) {
            throw new BrokenPickle("it refers to something that it did not define");
        }
        return value;
    }

    private static String string(Object value) {
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
        String line = text(end - in.position(), StandardCharsets.UTF_8);
        take(1);
        return line;
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
        byte[] bytes = new byte[(int) Math.min(length, in.remaining() + 1L)];
        take(length).get(bytes);
        for (int i = 0; i < bytes.length / 2; i++) {
            byte swapped = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = swapped;
        }
        BigInteger value = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    /** An unsigned number; one of 8 bytes beyond the range of a long is negative. */
    private long number(int bytes) {
        ByteBuffer taken = take(bytes);
        return switch (bytes) {
            case 1 -> Byte.toUnsignedLong(taken.get());
            case 2 -> Short.toUnsignedLong(taken.getShort());
            case 4 -> Integer.toUnsignedLong(taken.getInt());
            default -> taken.getLong();
        };
    }

    private ByteBuffer take(long length) {
        if (length < 0 || length > in.remaining()) {
            throw new BrokenPickle("it ends in the middle, or is longer than a state dictionary needs to be");
        }
        ByteBuffer taken = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + (int) length);
        return taken;
    }
}
