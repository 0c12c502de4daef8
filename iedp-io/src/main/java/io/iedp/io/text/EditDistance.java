package io.iedp.io.text;

/** How far apart two names are (Damerau, 1964; in its form that edits no letter twice). */
public final class EditDistance {
    /** Far more letters than names have; the time grows with the square. */
    private static final int LONGEST = 500;

    private EditDistance() {}

    /**
     * Letters to insert, delete or replace, and neighbours to swap, to make one name the other. Of different texts, one of
     * which has more than 500 letters, no letter counts as the same.
     */
    public static int between(String one, String other) {
        int longer = Math.max(one.length(), other.length());
        if (longer > LONGEST) {
            return one.equals(other) ? 0 : longer;
        }
        int[][] edits = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                edits[i][j] = Math.min(edits[i - 1][j - 1] + same, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[one.length()][other.length()];
    }
}
