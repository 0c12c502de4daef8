package io.iedp.tasks;

import io.iedp.api.UserException;

/** The part of a picture that depth is measured in. */
public enum DepthCrop {
    NONE {
        @Override
        Area of(int height, int width) {
            return new Area(0, height, 0, width);
        }
    },

    /** Of NYU Depth v2 (Eigen, Puhrsch and Fergus, 2014), where the depth camera sees what the other does. */
    NYU_EIGEN {
        @Override
        Area of(int height, int width) {
            if (height != 480 || width != 640) {
                throw new UserException(
                        "The crop nyu-eigen is for pictures of 640 x 480, but this one is %s x %s. Choose crop: none."
                                .formatted(width, height));
            }
            return new Area(45, 471, 41, 601);
        }
    },

    /** Of KITTI (Garg et al., 2016). */
    GARG {
        @Override
        Area of(int height, int width) {
            return shares(height, width, 0.40810811, 0.99189189, 0.03594771, 0.96405229);
        }
    },

    /** Of KITTI (Eigen, Puhrsch and Fergus, 2014). */
    KITTI_EIGEN {
        @Override
        Area of(int height, int width) {
            return shares(height, width, 0.3324324, 0.91351351, 0.0359477, 0.96405229);
        }
    };

    /** The size of pictures in KITTI's benchmark. */
    private static final int KB_HEIGHT = 352;

    private static final int KB_WIDTH = 1216;

    /**
     * @throws UserException if the crop is not made for pictures of that size
     */
    abstract Area of(int height, int width);

    /** The lower middle of a picture of KITTI. */
    static Area benchmark(int height, int width) {
        if (height < KB_HEIGHT || width < KB_WIDTH) {
            throw new UserException("kb-crop cuts out %s x %s pixels, but a picture is only %s x %s."
                    .formatted(KB_WIDTH, KB_HEIGHT, width, height));
        }
        int left = (width - KB_WIDTH) / 2;
        return new Area(height - KB_HEIGHT, height, left, left + KB_WIDTH);
    }

    private static Area shares(int height, int width, double top, double bottom, double left, double right) {
        return new Area((int) (top * height), (int) (bottom * height), (int) (left * width), (int) (right * width));
    }
}
