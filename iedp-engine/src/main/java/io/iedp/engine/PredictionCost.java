package io.iedp.engine;

/**
 * What a prediction takes, known before it is made.
 *
 * @param width pixels across of the image as the model sees it, which is smaller than the image itself where that is larger
 *     than those of the training
 * @param height likewise down
 * @param passes passes through the model: windows, sizes and mirrored views, of all tasks
 * @param resultBytes memory that the tasks' outputs take before they are decoded, of the largest task
 */
public record PredictionCost(int width, int height, int passes, long resultBytes) {}
