using System.Globalization;
using System.Text;
using SegFunctions.Customers.Intake.Drift;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Text;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>The quality report as a page for people: Markdown, in English or French.</summary>
/// <remarks>It says what <see cref="QualityReportJson"/> says, in the order in which a reader asks: is the file good, what was refused and why, what do the columns hold.</remarks>
public static class QualityReportPage
{
    /// <summary>The page; lines end with <c>\n</c>.</summary>
    public static string Write(QualityReport report, Language language)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new Page(report, language).Write();
    }

    private sealed class Page(QualityReport report, Language language)
    {
        private readonly StringBuilder _text = new();

        private bool IsFrench => language == Language.French;

        public string Write()
        {
            Line($"# {Say("Quality of", "Qualité de")} {Cell(report.File)}");
            Line();
            WriteGrade();
            WriteRows();
            WriteDrift();
            WriteSensitive();
            WriteRules(Say("Refused rows", "Lignes refusées"), report.RefusedByRule);
            WriteRules(Say("Repaired values", "Valeurs réparées"), report.Repairs);
            WriteRules(Say("Warnings", "Avertissements"), report.Warnings);
            WriteOutliers();
            WriteColumns();
            WriteConstants();
            WriteReview(Say("Accepted rows to look at", "Lignes acceptées à relire"), report.Review.Accepted);
            WriteReview(Say("Refused rows to look at", "Lignes refusées à relire"), report.Review.Refused);
            Line(Say("Each rule has a page with cause and cure under docs/rules.", "Chaque règle a une page, avec cause et remède, sous docs/rules."));
            return _text.ToString();
        }

        private void WriteGrade()
        {
            if (report.Grade is not { } grade)
                return;
            Line($"**{grade.Letter}** · {Cell(grade.Verdict.In(language))}");
            Line();
            foreach (var reason in grade.Reasons)
                Line($"- {reason.Letter} · {Cell(reason.Why.In(language))}");
            Line();
        }

        private void WriteRows()
        {
            var rows = report.Rows;
            var described = string.Join(", ", report.Format.Where(pair => pair.Key is not "evidence").Select(pair => $"{pair.Key} `{pair.Value.Replace("`", "", StringComparison.Ordinal)}`"));
            Line($"{Say("Dataset", "Jeu de données")} `{report.Dataset}` ({Say("recognised by", "reconnu par")} {Cell(report.Evidence)}), {Say("source", "source")} `{report.Source.Replace("`", "", StringComparison.Ordinal)}`, {described}.");
            Line();
            Table(Say("read", "lues"), Say("accepted", "acceptées"), Say("refused", "refusées"), Say("duplicates", "doublons"), Say("corrected later", "corrigées ensuite"), Say("customers", "clients"));
            Row(Number(rows.Read), Number(rows.Accepted), Number(rows.Refused), Number(rows.Duplicates), Number(rows.Corrected), Count(report.Customers));
            Line();
        }

        private void WriteDrift()
        {
            if (report.Drift is not { } drift)
                return;
            Line($"## {Say("Beside the earlier uploads", "Comparé aux envois précédents")}");
            Line();
            if (drift.IsHeld)
            {
                Line($"**{Say("Held: its rows do not count before somebody releases it.", "Retenu : ses lignes ne comptent pas tant que personne ne l'a libéré.")}**");
                Line();
            }

            if (drift.Findings.Count == 0)
                Line(Say($"Like the {drift.Uploads} before.", $"Semblable aux {drift.Uploads} précédents."));
            foreach (var finding in drift.Findings)
            {
                var level = finding.Level == DriftLevel.Severe ? Say("severe", "grave") : Say("warning", "avertissement");
                Line($"- {level} · `{finding.Rule}` · {Cell(finding.Message.In(language))}");
            }

            Line();
        }

        private void WriteSensitive()
        {
            if (report.Sensitive.Count == 0)
                return;
            Line($"## {Say("Sensitive columns", "Colonnes sensibles")}");
            Line();
            Table(Say("column", "colonne"), Say("kept", "conservée"), Say("why", "pourquoi"), Say("what to do", "que faire"));
            foreach (var column in report.Sensitive)
                Row(Cell(column.Column), column.IsAllowed ? Say("yes, allowed by name", "oui, autorisée par son nom") : Say("no", "non"), Cell(column.Why.In(language)), Cell(column.Cure.In(language)));
            Line();
        }

        private void WriteRules(string title, IReadOnlyList<RuleCount> rules)
        {
            if (rules.Count == 0)
                return;
            Line($"## {title}");
            Line();
            Table(Say("rule", "règle"), Say("column", "colonne"), Say("how often", "combien"), Say("lines, such as", "lignes, par exemple"), Say("message", "message"));
            foreach (var rule in rules)
            {
                var message = IsFrench && RuleWords.French(rule.Rule) is { } words ? $"{words.Title}. {words.Cure}" : rule.Message;
                Row($"`{rule.Rule}`", Cell(rule.Column), Number(rule.Count), string.Join(", ", rule.Lines.Select(line => line.ToString(CultureInfo.InvariantCulture))), Cell(message));
            }

            Line();
        }

        private void WriteOutliers()
        {
            if (report.Outliers.Count == 0)
                return;
            Line($"## {Say("Outliers (kept)", "Valeurs extrêmes (conservées)")}");
            Line();
            Table(Say("column", "colonne"), Say("median", "médiane"), Say("below", "en dessous de"), Say("above", "au-dessus de"), Say("how many", "combien"), Say("the most extreme, with their lines", "les plus extrêmes, avec leurs lignes"));
            foreach (var outlier in report.Outliers)
                Row(Cell(outlier.Column), Number(outlier.Median), outlier.Low is { } low ? Number(low) : "", outlier.High is { } high ? Number(high) : "", Number(outlier.Count), string.Join(", ", outlier.Examples.Select(one => $"{Number(one.Value)} ({one.Line})")));
            Line();
        }

        private void WriteColumns()
        {
            Line($"## {Say("Columns", "Colonnes")}");
            Line();
            Table("#", Say("header", "en-tête"), Say("read as", "lue comme"), Say("how", "comment"), Say("complete", "complète"), Say("valid", "valide"), Say("distinct", "distinctes"), Say("from", "de"), Say("to", "à"), Say("age", "âge"));
            foreach (var column in report.Columns)
            {
                Row(
                    column.Position.ToString(CultureInfo.InvariantCulture),
                    Cell(column.Header.Trim()),
                    column.Field ?? Use(column.Use),
                    Cell(column.Reading ?? ""),
                    Percent(column.Completeness),
                    Percent(column.Validity),
                    Count(column.Distinct),
                    Cell(column.Minimum ?? ""),
                    Cell(column.Maximum ?? ""),
                    column.AgeDays is { } age ? Wording.Days(age).In(language) : "");
            }

            Line();
        }

        private void WriteConstants()
        {
            if (report.Constants is not { Count: > 0 } constants)
                return;
            Line($"## {Say("Values from the mapping", "Valeurs données par le mapping")}");
            Line();
            Table(Say("field", "champ"), Say("value", "valeur"), Say("accepted rows that have it from there", "lignes acceptées qui la tiennent de là"));
            foreach (var constant in constants)
                Row(constant.Field, Cell(constant.Value), Number(constant.Rows));
            Line();
        }

        private void WriteReview(string title, IReadOnlyList<ReviewRow> rows)
        {
            if (rows.Count == 0)
                return;
            Line($"## {title}");
            Line();
            foreach (var row in rows)
            {
                var values = row.Values.Select(value => value.Read is { } read ? $"{Cell(value.Column.Trim())} = {Cell(value.Sent)} → {Cell(read)}" : $"{Cell(value.Column.Trim())} = {Cell(value.Sent)}");
                Line($"- {Say("line", "ligne")} {row.Line}{(row.Rule is { } rule ? $" ({rule})" : "")}{(IsFrench ? " : " : ": ")}{string.Join("; ", values)}");
            }

            Line();
        }

        private string Use(string use) => use switch
        {
            "attribute" => Say("attribute", "attribut"),
            "sealed" => Say("sealed", "scellée"),
            "ignored" => Say("ignored", "ignorée"),
            "refused" => Say("refused", "refusée"),
            _ => use,
        };

        private string Say(string english, string french) => IsFrench ? french : english;

        private string Number(decimal number) => Wording.Number(number, number == decimal.Truncate(number) ? 0 : 2).In(language);

        private string Percent(double share) => Wording.Percent(share, share is > 0.9 and < 1 ? 2 : 1).In(language);

        private string Count(DistinctCount count) => (count.Exact ? "" : "≈ ") + Number(count.Count);

        private static string Cell(string text) => MarkdownText.Cell(text);

        private void Table(params string[] headers)
        {
            Row(headers);
            Line("|" + string.Concat(headers.Select(_ => " --- |")));
        }

        private void Row(params string[] cells) => Line("| " + string.Join(" | ", cells) + " |");

        private void Line(string line = "") => _text.Append(line).Append('\n');
    }
}
