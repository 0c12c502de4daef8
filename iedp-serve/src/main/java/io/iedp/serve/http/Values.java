package io.iedp.serve.http;

import com.google.gson.stream.JsonWriter;
import io.iedp.engine.TaskPrediction;
import io.iedp.serve.work.TaskInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The values of a task, in the types of the Open Inference Protocol. */
final class Values {
    private Values() {}

    /** UINT8 for classes that fit, with 255 for pixels of which nothing is predicted; INT32 for more; FP32 for the rest. */
    static String datatype(TaskInfo task) {
        return task.fitsBytes() ? "UINT8" : task.hasClasses() ? "INT32" : "FP32";
    }

    /** Little-endian, channel by channel, each row by row. */
    static byte[] bytes(TaskInfo task, TaskPrediction prediction) {
        float[] values = prediction.values();
        if (task.fitsBytes()) {
            byte[] bytes = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                bytes[i] = (byte) (int) values[i];
            }
            return bytes;
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (task.hasClasses()) {
                bytes.putInt((int) value);
            } else {
                bytes.putFloat(value);
            }
        }
        return bytes.array();
    }

    /** All values, one after the other. */
    static void flat(JsonWriter json, TaskPrediction prediction) throws IOException {
        for (float value : prediction.values()) {
            Json.number(json, value);
        }
    }

    /** A list of rows; of several channels, a list of these. */
    static void rows(JsonWriter json, TaskPrediction prediction) throws IOException {
        float[] values = prediction.values();
        int at = 0;
        if (prediction.channels() > 1) {
            json.beginArray();
        }
        for (int channel = 0; channel < prediction.channels(); channel++) {
            json.beginArray();
            for (int y = 0; y < prediction.height(); y++) {
                json.beginArray();
                for (int x = 0; x < prediction.width(); x++) {
                    Json.number(json, values[at++]);
                }
                json.endArray();
            }
            json.endArray();
        }
        if (prediction.channels() > 1) {
            json.endArray();
        }
    }
}
