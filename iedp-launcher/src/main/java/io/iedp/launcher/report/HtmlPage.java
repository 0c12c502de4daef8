package io.iedp.launcher.report;

import io.iedp.api.task.LegendEntry;
import io.iedp.api.task.MetricTable;
import io.iedp.launcher.engine.Measured;
import java.util.Base64;
import java.util.List;

/** The page of a run: one file with its pictures inside, which needs no network. */
final class HtmlPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { margin-bottom: 0; }
            .headline { font-size: 1.4rem; }
            table { border-collapse: collapse; margin: 1rem 0; }
            th, td { border-bottom: 1px solid #8886; padding: .25rem .75rem; text-align: left; }
            td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
            tbody tr:first-child.own td { font-weight: bold; }
            img { max-width: 100%; height: auto; background: white; }
            pre { overflow-x: auto; padding: 1rem; background: #8881; }
            ul.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
            .swatch { display: inline-block; width: 1em; height: 1em; border: 1px solid #888; vertical-align: -.1em; }
            """;

    private final RunReport report;
    private final List<Picture> pictures;
    private final StringBuilder page = new StringBuilder();

    /** A PNG picture and what it shows. */
    record Picture(String caption, byte[] png) {}

    HtmlPage(RunReport report, List<Picture> pictures) {
        this.report = report;
        this.pictures = pictures;
    }

    String text() {
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>")
                .append(escape(report.name()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n");
        headline();
        section("Comparison");
        table(report.comparison(), true);
        section("Pictures");
        pictures.forEach(this::picture);
        legend();
        report.measured().get(0).metrics().tables().forEach(each -> {
            section(each.title());
            table(each, false);
        });
        section("Environment");
        table(
                new MetricTable(
                        "Environment",
                        List.of("what", "value"),
                        report.environment().entrySet().stream()
                                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                                .toList()),
                false);
        section("Experiment file");
        page.append("<pre>").append(escape(report.configuration())).append("</pre>\n</body>\n</html>\n");
        return page.toString();
    }

    private void headline() {
        Measured own = report.measured().get(0);
        String metric = report.goal().metric();
        page.append("<h1>%s</h1>\n<p class=\"headline\">%s %s</p>\n"
                .formatted(
                        escape(report.name()),
                        escape(metric),
                        RunReport.number(own.metrics().values().getOrDefault(metric, Double.NaN))));
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

    private void legend() {
        page.append("<ul class=\"legend\">\n");
        for (LegendEntry entry : report.legend()) {
            page.append("<li><span class=\"swatch\" style=\"background:#%06x\"></span> %s</li>\n"
                    .formatted(entry.color(), escape(entry.name())));
        }
        page.append("</ul>\n");
    }

    private void table(MetricTable table, boolean ownFirst) {
        page.append("<table>\n<thead><tr>");
        for (int c = 0; c < table.columns().size(); c++) {
            page.append("<th scope=\"col\"%s>%s</th>"
                    .formatted(
                            c == 0 ? "" : " class=\"number\"",
                            escape(table.columns().get(c))));
        }
        page.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            page.append(ownFirst ? "<tr class=\"own\">" : "<tr>");
            for (int c = 0; c < row.size(); c++) {
                boolean number = row.get(c).matches("-|[-0-9.,]+");
                page.append(number && c > 0 ? "<td class=\"number\">" : "<td>")
                        .append(escape(row.get(c)))
                        .append("</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</tbody>\n</table>\n");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
