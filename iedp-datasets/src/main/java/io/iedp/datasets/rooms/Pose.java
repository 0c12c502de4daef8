package io.iedp.datasets.rooms;

/**
 * Where a thing stands: a point of the floor, and a turn about the vertical there. Without a turn, the thing's
 * back points into the room's depth.
 */
record Pose(double x, double z, double cos, double sin) {
    /**
     * @param turn in radians
     */
    static Pose of(double x, double z, double turn) {
        return new Pose(x, z, StrictMath.cos(turn), StrictMath.sin(turn));
    }

    /** A place beside this one, given in this one's axes. */
    Pose beside(double ax, double az, double turn) {
        double turnCos = StrictMath.cos(turn);
        double turnSin = StrictMath.sin(turn);
        Vec at = toRoom(new Vec(ax, 0, az));
        return new Pose(at.x(), at.z(), cos * turnCos - sin * turnSin, sin * turnCos + cos * turnSin);
    }

    /** From the thing's axes to those of the room. */
    Vec toRoom(Vec own) {
        return new Vec(x + cos * own.x() - sin * own.z(), own.y(), z + sin * own.x() + cos * own.z());
    }

    /** From the room's axes to those of the thing. */
    Ray toOwn(Ray ray) {
        double px = ray.ox() - x;
        double pz = ray.oz() - z;
        return new Ray(
                cos * px + sin * pz,
                ray.oy(),
                cos * pz - sin * px,
                cos * ray.dx() + sin * ray.dz(),
                ray.dy(),
                cos * ray.dz() - sin * ray.dx());
    }

    /** The surface with its normal in the room's axes. */
    Solid.Surface toRoom(Solid.Surface own) {
        return new Solid.Surface(
                cos * own.nx() - sin * own.nz(),
                own.ny(),
                sin * own.nx() + cos * own.nz(),
                own.u(),
                own.v(),
                own.material());
    }
}
