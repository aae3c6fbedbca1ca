using SegFunctions.Customers.Intake.Drift;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Grades a file: the worst of a few criteria, each with its own scale, so that no good figure hides a bad one.</summary>
internal static class Grading
{
    // Smallest share for A, B, C, D.
    private static readonly double[] AcceptanceScale = [0.999, 0.99, 0.95, 0.8];
    private static readonly double[] ValidityScale = [0.999, 0.99, 0.95, 0.8];

    // Empty optional fields, repeated exports and history are lesser evils: C is the worst that they make.
    private static readonly double[] CompletenessScale = [0.9, 0.7, 0, 0];
    private static readonly double[] UniquenessScale = [0.99, 0.9, 0, 0];
    private static readonly double[] FreshnessScale = [-31, -366, double.NegativeInfinity, double.NegativeInfinity];

    private static readonly Dictionary<string, Bilingual> Verdicts = new(StringComparer.Ordinal)
    {
        ["A"] = new("Very good: use it as it is.", "Très bon : utilisable tel quel."),
        ["B"] = new("Good: usable, with little to put right.", "Bon : utilisable, avec peu à corriger."),
        ["C"] = new("Fair: usable, but look at the reasons below.", "Moyen : utilisable, mais lisez les raisons ci-dessous."),
        ["D"] = new("Poor: correct it before decisions rest on it.", "Faible : à corriger avant d'en tirer des décisions."),
        ["E"] = new("Bad: do not use it before it is put right.", "Mauvais : à ne pas utiliser avant correction."),
    };

    public static QualityGrade Of(QualityReport report)
    {
        var reasons = new List<GradeReason>();
        var rows = report.Rows;
        if (rows.Read > 0)
        {
            var used = 1 - ((double)rows.Refused / rows.Read);
            reasons.Add(new GradeReason("acceptance", Letter(used, AcceptanceScale), new Bilingual(
                $"{Percent(used).En} of the rows could be used; {Wording.Number((decimal)rows.Refused).En} of {Wording.Number((decimal)rows.Read).En} were refused.",
                $"{Percent(used).Fr} des lignes sont utilisables ; {Wording.Number((decimal)rows.Refused).Fr} sur {Wording.Number((decimal)rows.Read).Fr} ont été refusées.")));
            var unique = 1 - ((double)rows.Duplicates / rows.Read);
            reasons.Add(new GradeReason("uniqueness", Letter(unique, UniquenessScale), new Bilingual(
                $"{Percent(1 - unique).En} of the rows are duplicates.", $"{Percent(1 - unique).Fr} des lignes sont des doublons.")));
        }

        var fields = report.Columns.Where(column => column.Field is not null).ToList();
        if (fields.Count > 0)
        {
            var complete = fields.Average(column => column.Completeness);
            var emptiest = fields.MinBy(column => column.Completeness)!;
            reasons.Add(new GradeReason("completeness", Letter(complete, CompletenessScale), new Bilingual(
                $"Fields are filled in {Percent(complete).En} of the rows; the emptiest, {emptiest.Field}, in {Percent(emptiest.Completeness).En}.",
                $"Les champs sont remplis dans {Percent(complete).Fr} des lignes ; le plus vide, {emptiest.Field}, dans {Percent(emptiest.Completeness).Fr}.")));
            var worst = fields.MinBy(column => column.Validity)!;
            reasons.Add(new GradeReason("validity", Letter(worst.Validity, ValidityScale), new Bilingual(
                worst.Validity == 1 ? "Every value that is given makes sense." : $"The field with the most faults is {worst.Field}: {Percent(worst.Validity).En} of its values make sense.",
                worst.Validity == 1 ? "Toutes les valeurs données ont un sens." : $"Le champ le plus fautif est {worst.Field} : {Percent(worst.Validity).Fr} de ses valeurs ont un sens.")));
        }

        if (report.Columns.FirstOrDefault(column => column.Field == "timestamp")?.AgeDays is { } age)
        {
            reasons.Add(new GradeReason("timeliness", Letter(-age, FreshnessScale), new Bilingual(
                $"The newest row is {Wording.Days(Math.Max(0, age)).En} old.", $"La ligne la plus récente date de {Wording.Days(Math.Max(0, age)).Fr}.")));
        }

        if (report.Drift is { } drift)
        {
            var severe = drift.Findings.Count(finding => finding.Level == DriftLevel.Severe);
            var others = drift.Findings.Count - severe;
            reasons.Add(new GradeReason("stability", severe > 0 ? "E" : others > 2 ? "C" : others > 0 ? "B" : "A", new Bilingual(
                $"Beside {drift.Uploads} earlier {(drift.Uploads == 1 ? "upload" : "uploads")}: {severe} severe and {others} other differences.",
                $"Comparé à {drift.Uploads} {(drift.Uploads == 1 ? "envoi précédent" : "envois précédents")} : {severe} différences graves et {others} autres.")));
        }

        var ordered = reasons.OrderByDescending(reason => reason.Letter, StringComparer.Ordinal).ToList();
        var letter = ordered.Count == 0 ? "E" : ordered[0].Letter;
        return new QualityGrade(letter, Verdicts[letter], ordered);
    }

    private static string Letter(double measure, double[] scale)
    {
        for (var step = 0; step < scale.Length; step++)
        {
            if (measure >= scale[step])
                return ((char)('A' + step)).ToString();
        }

        return "E";
    }

    private static Bilingual Percent(double share) => Wording.Percent(share, share is > 0 and < 1 ? 1 : 0);
}
