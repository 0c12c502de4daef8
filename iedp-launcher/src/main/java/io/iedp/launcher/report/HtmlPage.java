package io.iedp.launcher.report;

import io.iedp.api.task.MetricTable;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The page of a run: one file with its pictures inside, which needs no network. */
final class HtmlPage {
    private static final int REFRESH_SECONDS = 30;
    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { margin-bottom: 0; }
            .headline { font-size: 1.4rem; }
            table { border-collapse: collapse; margin: 1rem 0; }
            th, td { border-bottom: 1px solid #8886; padding: .25rem .75rem; text-align: left; }
            td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
            tbody tr:first-child.own td { font-weight: bold; }
            figure { margin: 1rem 0; }
            img { max-width: 100%; height: auto; background: white; }
            pre { overflow-x: auto; padding: 1rem; background: #8881; }
            """;

    private final RunReport report;
    private final List<Picture> charts;
    private final List<Picture> pictures;
    private final StringBuilder page = new StringBuilder();

    /** A PNG picture and what it shows. */
    record Picture(String caption, byte[] png) {}

    HtmlPage(RunReport report, List<Picture> charts, List<Picture> pictures) {
        this.report = report;
        this.charts = charts;
        this.pictures = pictures;
    }

    String text() {
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append(
                        report.stage() == RunReport.Stage.GOING_ON
                                ? "<meta http-equiv=\"refresh\" content=\"" + REFRESH_SECONDS + "\"/>\n"
                                : "")
                .append("<title>")
                .append(escape(report.name()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n");
        headline();
        if (!report.progress().isEmpty()) {
            section(report.stage() == RunReport.Stage.STOPPED ? "Stopped" : "Progress");
            facts(report.progress());
        }
        if (!report.measured().isEmpty()) {
            section("Comparison");
            table(report.comparison(), true);
        }
        if (!pictures.isEmpty()) {
            section("Pictures");
            pictures.forEach(this::picture);
        }
        section("Charts");
        charts.forEach(this::picture);
        report.measured().stream()
                .limit(1)
                .flatMap(own -> own.metrics().tables().stream())
                .forEach(each -> {
                    section(each.title());
                    table(each, false);
                });
        section("Environment");
        facts(report.environment());
        section("Experiment file");
        page.append("<pre>").append(escape(report.configuration())).append("</pre>\n</body>\n</html>\n");
        return page.toString();
    }

    private void headline() {
        String metric = report.goal().metric();
        OptionalDouble value = report.measured().stream()
                .limit(1)
                .mapToDouble(own -> own.metrics().values().getOrDefault(metric, Double.NaN))
                .findFirst();
        page.append("<h1>%s</h1>\n<p class=\"headline\">%s %s (%s is better)</p>\n"
                .formatted(
                        escape(report.name()),
                        escape(metric),
                        value.isPresent() ? RunReport.number(value.getAsDouble()) : "not measured yet",
                        report.goal().higherIsBetter() ? "higher" : "lower"));
    }

    private void facts(Map<String, String> facts) {
        table(
                new MetricTable(
                        "",
                        List.of("what", "value"),
                        facts.entrySet().stream()
                                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                                .toList()),
                false);
    }

    private void section(String title) {
        page.append("<h2>").append(escape(title)).append("</h2>\n");
    }

    private void picture(Picture picture) {
        page.append("<figure><img alt=\"%s\" src=\"data:image/png;base64,%s\"/><figcaption>%s</figcaption></figure>\n"
                .formatted(
                        escape(picture.caption),
                        Base64.getEncoder().encodeToString(picture.png),
                        escape(picture.caption)));
    }

    private void table(MetricTable table, boolean ownFirst) {
        boolean[] numbers = TextTable.numbers(table.columns().size(), table.rows());
        page.append("<table>\n<thead><tr>");
        cells("th scope=\"col\"", "th", table.columns(), numbers);
        page.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            page.append(ownFirst ? "<tr class=\"own\">" : "<tr>");
            cells("td", "td", row, numbers);
            page.append("</tr>\n");
        }
        page.append("</tbody>\n</table>\n");
    }

    private void cells(String open, String close, List<String> texts, boolean[] numbers) {
        for (int c = 0; c < texts.size(); c++) {
            page.append("<%s%s>%s</%s>"
                    .formatted(open, numbers[c] ? " class=\"number\"" : "", escape(texts.get(c)), close));
        }
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
