package io.iedp.nn;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;

/** How many of the processors that this process may use others take, on average since it was asked last. */
final class ProcessorUse implements DoubleSupplier {
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long time = System.nanoTime();
    private long own = system.getProcessCpuTime();

    ProcessorUse() {
        system.getCpuLoad();
    }

    /** 0 as well where the system does not say. */
    @Override
    public double getAsDouble() {
        double all = system.getCpuLoad() * system.getAvailableProcessors();
        long now = System.nanoTime();
        long used = system.getProcessCpuTime();
        double mine = (double) (used - own) / Math.max(1, now - time);
        time = now;
        own = used;
        return all < 0 ? 0 : Math.max(0, all - mine);
    }
}
