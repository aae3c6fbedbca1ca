using System.Text.Json.Nodes;
using SegFunctions.Learning.Evaluation.Splits;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Design;

/// <summary>
/// A category of many texts as one number: how far the log-odds of each text lie from those of all rows, drawn towards 0 the more the
/// fewer rows it has (Micci-Barreca 2001; the amount by the analysis of variance of the texts' shares, which makes it 0 for all
/// where texts differ by no more than chance).
/// </summary>
/// <remarks>
/// The rows of the fit get the number that the other folds give them: a row that helped to make its own number would make the
/// column look better than it is.
/// </remarks>
internal sealed class TargetEncoding
{
    private const string Kind = "target-encoding";
    private const int Folds = 5;

    private readonly Dictionary<string, double> _byText;
    private readonly double _missing;

    private TargetEncoding(string name, Dictionary<string, double> byText, double missing) => (Name, _byText, _missing) = (name, byText, missing);

    public string Name { get; }

    /// <summary>Texts with a number of their own; every other text has 0.</summary>
    public int Levels => _byText.Count;

    public static (TargetEncoding Encoding, double[] Fitted) Fit(Column source, bool[] positive, long seed)
    {
        var column = SourceReading.Texts(source, position: null);
        // Blanks around a text make no other text, and all that stands for nothing is one.
        var (texts, levelOf) = Distinct(column);
        var levels = new int[column.Rows];
        for (var row = 0; row < levels.Length; row++)
            levels[row] = column.Codes[row] < 0 ? texts.Count : levelOf[column.Codes[row]];
        var whole = Counts.Of(levels, positive, texts.Count + 1, [], -1);
        var prior = whole.Prior();
        var values = whole.Values(prior, whole.Strength(prior));

        var folds = StratifiedFolds.Of(positive, Folds, seed).FoldOf();
        var fitted = new double[levels.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            var others = Counts.Of(levels, positive, texts.Count + 1, folds, fold);
            var othersPrior = others.Prior();
            var othersValues = others.Values(othersPrior, others.Strength(othersPrior));
            for (var row = 0; row < levels.Length; row++)
            {
                if (folds[row] == fold)
                    fitted[row] = othersValues[levels[row]];
            }
        }

        var byText = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var level = 0; level < texts.Count; level++)
            byText.Add(texts[level], values[level]);
        return (new TargetEncoding(source.Name, byText, values[^1]), fitted);
    }

    /// <summary>The numbers of later rows; 0 for a text never seen.</summary>
    public double[] Apply(Column source)
    {
        var column = SourceReading.Texts(source, position: null);
        var byCode = new double[column.Levels.Count];
        for (var code = 0; code < byCode.Length; code++)
            byCode[code] = CellText.IsMissing(column.Levels[code]) ? _missing : _byText.GetValueOrDefault(column.Levels[code].Trim());
        return Array.ConvertAll(column.Codes, code => code < 0 ? _missing : byCode[code]);
    }

    public void Save(Stream stream) =>
        ModelFile.Write(stream, Kind, 1, new JsonObject { ["name"] = Name, ["texts"] = StoredTexts.Write(_byText.Keys) }, ("values", [.. _byText.Values]), ("missing", [_missing]));

    public static TargetEncoding Load(Stream stream)
    {
        var file = ModelFile.Read(stream, Kind, 1);
        var texts = StoredTexts.Read(file, "texts");
        var values = file.Array("values", texts.Length);
        var byText = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var level = 0; level < texts.Length; level++)
        {
            if (!byText.TryAdd(texts[level], values[level]))
                throw new InvalidDataException($"The stored model gives the text \"{texts[level]}\" two numbers; it is damaged.");
        }

        return new TargetEncoding(file.Field<string>("name"), byText, file.Array("missing", 1)[0]);
    }

    private static (List<string> Texts, int[] LevelOf) Distinct(TextColumn column)
    {
        // Only texts that occur, in the order of their rows: a list of levels may hold others.
        var occurs = new bool[column.Levels.Count];
        foreach (var code in column.Codes)
        {
            if (code >= 0)
                occurs[code] = true;
        }

        var levels = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        var levelOf = new int[column.Levels.Count];
        for (var code = 0; code < levelOf.Length; code++)
        {
            if (!occurs[code] || CellText.IsMissing(column.Levels[code]))
                continue;
            var text = column.Levels[code].Trim();
            if (!levels.TryGetValue(text, out var codes))
                levels.Add(text, codes = []);
            codes.Add(code);
        }

        Array.Fill(levelOf, levels.Count);
        var texts = new List<string>(levels.Count);
        foreach (var (text, codes) in levels)
        {
            foreach (var code in codes)
                levelOf[code] = texts.Count;
            texts.Add(text);
        }

        return (texts, levelOf);
    }

    /// <summary>Rows and positive ones of each text.</summary>
    private readonly record struct Counts(int[] Rows, int[] Positives)
    {
        /// <param name="left">Rows of this fold do not count; empty <paramref name="folds"/> for all rows.</param>
        public static Counts Of(int[] levels, bool[] positive, int count, ReadOnlySpan<int> folds, int left)
        {
            var rows = new int[count];
            var positives = new int[count];
            for (var row = 0; row < levels.Length; row++)
            {
                if (!folds.IsEmpty && folds[row] == left)
                    continue;
                rows[levels[row]]++;
                positives[levels[row]] += positive[row] ? 1 : 0;
            }

            return new Counts(rows, positives);
        }

        /// <summary>Share of positive rows, kept off 0 and 1 by half a row of each class.</summary>
        public double Prior() => (Positives.Sum() + 0.5) / (Rows.Sum() + 1.0);

        /// <summary>
        /// How many rows of the average every text gets besides its own: (1 − ρ)/ρ with the intraclass correlation ρ of the
        /// analysis of variance (Donner 1986, eq. 2.1); ∞ where texts differ by no more than chance.
        /// </summary>
        public double Strength(double prior)
        {
            double n = 0, squares = 0, between = 0, within = 0;
            var texts = 0;
            for (var level = 0; level < Rows.Length; level++)
            {
                if (Rows[level] == 0)
                    continue;
                texts++;
                var share = (double)Positives[level] / Rows[level];
                n += Rows[level];
                squares += (double)Rows[level] * Rows[level];
                between += Rows[level] * (share - prior) * (share - prior);
                within += Rows[level] * share * (1 - share);
            }

            if (texts < 2 || n <= texts)
                return double.PositiveInfinity;
            between /= texts - 1;
            within /= n - texts;
            var size = (n - (squares / n)) / (texts - 1);
            var correlation = (between - within) / (between + ((size - 1) * within));
            return correlation > 1e-6 ? (1 - correlation) / correlation : double.PositiveInfinity;
        }

        public double[] Values(double prior, double strength)
        {
            var values = new double[Rows.Length];
            if (double.IsPositiveInfinity(strength))
                return values;
            var centre = Math.Log(prior / (1 - prior));
            // Half a row at least, so that a text of one class alone keeps finite odds.
            var drawn = Math.Max(strength, 0.5);
            for (var level = 0; level < values.Length; level++)
            {
                var share = (Positives[level] + (drawn * prior)) / (Rows[level] + drawn);
                values[level] = Math.Log(share / (1 - share)) - centre;
            }

            return values;
        }
    }
}
