package io.iedp.io.dataset;

import java.util.List;

/**
 * The kinds of place in NYUv2, which data sets and guidance both name, in the order and the spelling of VPD's list. VPD
 * takes the first name that a file's name contains, so {@code study room} is always taken for {@code study} and {@code office kitchen} for {@code kitchen}.
 */
public final class NyuScenes {
    public static final List<String> NAMES = List.of(
            "printer_room",
            "bathroom",
            "living_room",
            "study",
            "conference_room",
            "study_room",
            "kitchen",
            "home_office",
            "bedroom",
            "dinette",
            "playroom",
            "indoor_balcony",
            "laundry_room",
            "basement",
            "excercise_room",
            "foyer",
            "home_storage",
            "cafe",
            "furniture_store",
            "office_kitchen",
            "student_lounge",
            "dining_room",
            "reception_room",
            "computer_lab",
            "classroom",
            "office",
            "bookstore");

    private NyuScenes() {}
}
