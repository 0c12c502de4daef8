package io.iedp.verify.result;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.iedp.verify.Comparison;
import io.iedp.verify.Tolerance;

/** The numbers of the best scores, as {@link Comparison.Best} takes them. */
final class BestScores {
    private BestScores() {}

    /**
     * @param scores with the axis
     * @param expected numbers, without it
     * @return the numbers of the best scores; the expected one where its score is as good
     */
    static NDArray of(Comparison.Best how, NDArray scores, NDArray expected) {
        NDArray best = scores.argMax(how.axis());
        if (!best.getShape().equals(expected.getShape())) {
            return best;
        }
        NDArray wanted = expected.toType(DataType.INT64, true);
        NDArray known = wanted.clip(0, scores.getShape().get(how.axis()) - 1);
        NDArray behind = scores.max(new int[] {how.axis()})
                .sub(scores.gather(known.expandDims(how.axis()), how.axis()).squeeze(how.axis()));
        NDArray asGood = behind.lte(allowed(how.tolerance(), scores))
                .logicalAnd(known.eq(wanted))
                .toType(DataType.INT64, false);
        return best.add(wanted.sub(best).mul(asGood));
    }

    private static float allowed(Tolerance tolerance, NDArray scores) {
        double largest = scores.abs().max().toType(DataType.FLOAT64, false).getDouble();
        return (float) Math.max(tolerance.absolute(), tolerance.relative() * largest);
    }
}
