using System.Text;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Preparation;

/// <summary>Puts what was decided about a column into words.</summary>
internal sealed class DecisionWords
{
    private const int LevelsTold = 4;

    private readonly StringBuilder _english = new();
    private readonly StringBuilder _french = new();

    private DecisionWords()
    {
    }

    public static Bilingual Of(ColumnDraft column, PreparationOptions options)
    {
        var words = new DecisionWords();
        words._english.Append(column.Name).Append(": ");
        words._french.Append(column.Name).Append(" : ");
        if (column.Kept)
            words.Kept(column, options);
        else
            words.LeftOut(column);
        return new Bilingual(words._english.ToString(), words._french.ToString());
    }

    private void Kept(ColumnDraft column, PreparationOptions options)
    {
        Add(column.Type.Reason.En + ".", column.Type.Reason.Fr + ".");
        if (column.Use == ColumnUse.AsItIs)
        {
            Add(" Taken as it is.", " Prise telle quelle.");
            return;
        }

        if (column.Category is { } category)
            Levels(category, options);
        if (column.Missing > 0)
            Missing(column);
        if (column is { Use: ColumnUse.Scaled, Numeric: { Treatment: { } treatment } fit })
            Scaled(column, fit, treatment);
        if (column.Use == ColumnUse.Flag)
        {
            var share = Wording.Percent((double)column.Figures!.Ones / column.Figures.Count, 1);
            Add($" Yes in {share.En} of the rows.", $" Oui dans {share.Fr} des lignes.");
        }

        if (column.Use is ColumnUse.Flag or ColumnUse.Levels)
            Add($" It weighs as {Weight(options.CategoryWeight).En}.", $" Elle pèse comme {Weight(options.CategoryWeight).Fr}.");
        foreach (var (output, instead, opposite) in column.SaidElsewhere)
        {
            var (level, rows) = (Level(output, opposite: false), Level(instead, opposite));
            Add($" {level.En} is not counted again: those rows are {rows.En}.", $" {level.Fr} n'est pas compté de nouveau : ces lignes sont {rows.Fr}.");
        }
    }

    private void LeftOut(ColumnDraft column)
    {
        Add("left out. ", "écartée. ");
        switch (column.Use)
        {
            case ColumnUse.Empty when column.Missing == column.Rows:
                Add("It holds no value in any row.", "Elle ne contient aucune valeur.");
                break;
            case ColumnUse.Empty:
                var missing = Wording.Percent((double)column.Missing / column.Rows, 1);
                Add($"{missing.En} of its values are missing.", $"{missing.Fr} de ses valeurs manquent.");
                break;
            case ColumnUse.Constant:
                Constant(column);
                break;
            case ColumnUse.TooManyLevels:
                var (texts, floor) = (Count(column.Category!.Distinct), Count(column.Category.Floor));
                var covered = Wording.Percent((double)column.Category.Covered / column.Category.Present);
                if (column.Category.Covered == 0)
                    Add($"{texts.En} different texts, none in {floor.En} rows or more.", $"{texts.Fr} textes différents, aucun dans {floor.Fr} lignes ou plus.");
                else
                    Add($"{texts.En} different texts, and the frequent ones cover only {covered.En} of the rows.", $"{texts.Fr} textes différents, et les plus fréquents ne couvrent que {covered.Fr} des lignes.");
                break;
            case ColumnUse.Duplicate:
                Add($"It says the same as {column.Instead} in every row.", $"Elle dit la même chose que {column.Instead} dans chaque ligne.");
                break;
            case ColumnUse.Correlated:
                var correlation = Wording.Number(column.Correlation, 3);
                Add($"It moves with \"{column.Instead}\", which is kept (correlation {correlation.En}).", $"Elle varie avec « {column.Instead} », qui est gardée (corrélation {correlation.Fr}).");
                break;
            case ColumnUse.NotNumeric:
                Add($"It holds texts ({column.Type.Reason.En}), and only numbers are scaled.", $"Elle contient des textes ({column.Type.Reason.Fr}), et seuls les nombres sont mis à l'échelle.");
                break;
            default:
                Add(Capital(column.Type.Reason.En) + ".", Capital(column.Type.Reason.Fr) + ".");
                break;
        }
    }

    private void Constant(ColumnDraft column)
    {
        var (count, present) = column.Category is { } category ? (category.Counts[0], category.Present) : (column.Figures!.MostFrequent, column.Figures.Count);
        var value = column.Category is { } texts ? new Bilingual($"\"{texts.Levels[0]}\"", $"« {texts.Levels[0]} »") : Unit(column, column.Figures!.Median);
        var share = Wording.Percent((double)count / present, 2);
        if (count == present && column.Missing == 0)
            Add($"It holds one value in every row ({value.En}).", $"Elle contient une seule valeur dans toutes les lignes ({value.Fr}).");
        else if (count == present)
            Add($"It holds one value ({value.En}) where it holds any.", $"Elle ne contient qu'une valeur ({value.Fr}) là où elle en a.");
        else if (column.Numeric is { Treatment: null })
            Add("Its values differ by less than numbers can tell apart.", "Ses valeurs diffèrent de moins que ce que les nombres distinguent.");
        else
            Add($"It holds one value ({value.En}) in {share.En} of the rows.", $"Elle contient une même valeur ({value.Fr}) dans {share.Fr} des lignes.");
    }

    private void Levels(CategoryFit category, PreparationOptions options)
    {
        var english = new List<string>();
        var french = new List<string>();
        for (var level = 0; level < Math.Min(LevelsTold, category.Levels.Length); level++)
        {
            var share = Wording.Percent((double)category.Counts[level] / category.Present);
            english.Add($"{category.Levels[level]} {share.En}");
            french.Add($"{category.Levels[level]} {share.Fr}");
        }

        var more = category.Levels.Length > LevelsTold ? ", …" : "";
        var texts = Counted(category.Levels.Length, new Bilingual("text", "texte"), new Bilingual("texts", "textes"));
        Add($" {texts.En}: {string.Join(", ", english)}{more}.", $" {texts.Fr} : {string.Join(", ", french)}{more}.");
        if (category.OtherLevels == 0)
            return;
        var (floor, rows) = (Count(category.Floor), Count(category.Counts[^1]));
        // Past the greatest number of texts, the others may be frequent too.
        var each = category.Levels.Length < options.MostLevels
            ? new Bilingual($", fewer than {floor.En} each", $", moins de {floor.Fr} chacun")
            : new Bilingual("", "");
        var others = Counted(category.OtherLevels, new Bilingual("rarer text counts", "texte plus rare compte"), new Bilingual("rarer texts count", "textes plus rares comptent"));
        Add($" {others.En} as \"other\" ({rows.En} rows{each.En}).", $" {others.Fr} comme « autre » ({rows.Fr} lignes{each.Fr}).");
    }

    private void Missing(ColumnDraft column)
    {
        var (missing, rows) = (Count(column.Missing), Count(column.Rows));
        var (english, french) = column.Category is { } category
            ? ($"the most frequent text ({category.Levels[0]})", $"le texte le plus fréquent ({category.Levels[0]})")
            : column.Use == ColumnUse.Flag
                ? ($"the more frequent value ({(column.Numeric!.Treatment!.Fill == 1 ? "yes" : "no")})", $"la valeur la plus fréquente ({(column.Numeric!.Treatment!.Fill == 1 ? "oui" : "non")})")
                : ($"the median ({Unit(column, column.Figures!.Median).En})", $"la médiane ({Unit(column, column.Figures!.Median).Fr})");
        if (column.Missing == 1)
            Add($" 1 of {rows.En} values is missing and becomes {english}.", $" 1 valeur sur {rows.Fr} manque et devient {french}.");
        else
            Add($" {missing.En} of {rows.En} values are missing and become {english}.", $" {missing.Fr} valeurs sur {rows.Fr} manquent et deviennent {french}.");
        if (column.AbsenceGoesWith is not { } with)
            return;
        var correlation = Wording.Number(column.AbsenceCorrelation, 2);
        if (column.Absence is null)
            Add($" {with} (correlation {correlation.En}) or another column says already where they are missing.", $" {with} (corrélation {correlation.Fr}) ou une autre colonne dit déjà où elles manquent.");
        else
            Add($" A column says where they are missing, because that goes with {with} (correlation {correlation.En}).", $" Une colonne dit où elles manquent, car cela va avec {with} (corrélation {correlation.Fr}).");
    }

    private void Scaled(ColumnDraft column, NumericFit fit, NumericTreatment treatment)
    {
        var (before, after) = (Wording.Number(fit.InnerSkewness, 1), Wording.Number(fit.PreparedSkewness, 1));
        var power = Wording.Number(treatment.Lambda, 2);
        switch (treatment.Transformation)
        {
            case Transformation.Log1p:
                Add($" Taken as log(1 + x) because it is skewed ({before.En}, then {after.En}).", $" Prise en log(1 + x) car elle est asymétrique ({before.Fr}, puis {after.Fr}).");
                break;
            case Transformation.YeoJohnson:
                Add($" Taken by Yeo-Johnson's transformation (power {power.En}) because it is skewed ({before.En}, then {after.En}).", $" Transformée selon Yeo-Johnson (puissance {power.Fr}) car elle est asymétrique ({before.Fr}, puis {after.Fr}).");
                break;
            default:
                if (fit.IsOneSided)
                    Add($" Left straight though skewed ({before.En}): a few far values make it so, the middle half is even.", $" Laissée droite bien qu'asymétrique ({before.Fr}) : quelques valeurs lointaines en sont cause, la moitié centrale est régulière.");
                break;
        }

        var bent = treatment.Transformation != Transformation.None;
        var centre = bent ? Figure(treatment.Centre) : Unit(column, treatment.Centre);
        var scale = Figure(treatment.Scale);
        var days = column.Type.Kind == ColumnKind.Date ? new Bilingual(" days", " jours") : new Bilingual("", "");
        var standard = treatment.ScaleSource == ScaleSource.StandardDeviation;
        var middle = standard ? new Bilingual("mean", "moyenne") : new Bilingual("median", "médiane");
        Add($" Its {middle.En} ({centre.En}) becomes 0;", $" Sa {middle.Fr} ({centre.Fr}) devient 0 ;");
        if (treatment.ScaleSource == ScaleSource.InterquartileRange)
            Add($" one unit is {scale.En}{days.En} (interquartile range / 1.349).", $" une unité vaut {scale.Fr}{days.Fr} (écart interquartile / 1,349).");
        else if (standard)
            Add($" one unit is {scale.En}{days.En} (standard deviation).", $" une unité vaut {scale.Fr}{days.Fr} (écart type).");
        else
            Add($" one unit is {scale.En}{days.En} (standard deviation, because the middle half of the values is one number).", $" une unité vaut {scale.Fr}{days.Fr} (écart type, car la moitié centrale des valeurs est un seul nombre).");
        if (fit.Winsorised == 0)
            return;
        var (beyond, rows, bound) = (Count(fit.Winsorised), Count(column.Rows), Figure(treatment.Bound));
        if (fit.Winsorised == 1)
        {
            Add(
                $" 1 of {rows.En} values lies more than {bound.En} units away and is drawn in to that for fitting.",
                $" 1 valeur sur {rows.Fr} s'écarte de plus de {bound.Fr} unités et y est ramenée pour l'apprentissage.");
            return;
        }

        Add(
            $" {beyond.En} of {rows.En} values lie more than {bound.En} units away and are drawn in to that for fitting.",
            $" {beyond.Fr} valeurs sur {rows.Fr} s'écartent de plus de {bound.Fr} unités et y sont ramenées pour l'apprentissage.");
    }

    /// <summary>A value in the column's own unit: a day for dates.</summary>
    private static Bilingual Unit(ColumnDraft column, double value)
    {
        const double MostDays = 2_000_000;
        // Nobody writes 1,970 for a year.
        if (column.Figures is { Whole: true, Least: >= 1800, Greatest: <= 2200 } && value == Math.Floor(value))
            return new Bilingual(value.ToString("0"), value.ToString("0"));
        return column.Type.Kind == ColumnKind.Date && Math.Abs(value) < MostDays / 4
            ? Wording.Date(DateTime.UnixEpoch.AddDays(value))
            : Figure(value);
    }

    /// <summary>About four digits; whole numbers in full.</summary>
    private static Bilingual Figure(double value)
    {
        var magnitude = Math.Abs(value);
        if (magnitude is >= 1e15 or (> 0 and < 1e-4))
            return new Bilingual(value.ToString("0.###E+0"), value.ToString("0.###E+0").Replace('.', ','));
        var decimals = value == Math.Floor(value) ? 0 : magnitude switch { >= 1000 => 0, >= 100 => 1, >= 10 => 2, >= 1 => 3, _ => 4 };
        return Wording.Number(value, decimals);
    }

    /// <summary>Where a flag is set, or where it is not.</summary>
    private static Bilingual Level(OutputColumn flag, bool opposite) => flag.Part switch
    {
        OutputPart.Value when opposite => new Bilingual($"{flag.Name} = no", $"{flag.Name} = non"),
        OutputPart.Value => new Bilingual($"{flag.Name} = yes", $"{flag.Name} = oui"),
        OutputPart.OtherLevels when !opposite => new Bilingual("\"other\"", "« autre »"),
        _ when opposite => new Bilingual($"not {flag.Name}", $"non {flag.Name}"),
        _ => new Bilingual(flag.Name, flag.Name),
    };

    private static Bilingual Weight(double weight)
    {
        if (weight == 1)
            return new Bilingual("one column of numbers", "une colonne de nombres");
        var figure = Figure(weight);
        return new Bilingual($"{figure.En} columns of numbers", $"{figure.Fr} colonne de nombres");
    }

    private static Bilingual Count(int count) => Wording.Number((double)count);

    private static Bilingual Counted(int count, Bilingual one, Bilingual many)
    {
        var number = Count(count);
        return count == 1 ? new Bilingual($"1 {one.En}", $"1 {one.Fr}") : new Bilingual($"{number.En} {many.En}", $"{number.Fr} {many.Fr}");
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private void Add(string english, string french)
    {
        _english.Append(english);
        _french.Append(french);
    }
}
