using System.Text.Json.Nodes;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Design;

/// <summary>A category of few texts as codes 0, 1, …; NaN for a missing text and for one never seen.</summary>
internal sealed class LevelCodes
{
    private const string Kind = "level-codes";

    private readonly Dictionary<string, int> _codes;

    private LevelCodes(IEnumerable<string> texts)
    {
        _codes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
            _codes.Add(text, _codes.Count);
    }

    public int Levels => _codes.Count;

    /// <summary>Codes in the order of the texts, so that the order of rows changes nothing.</summary>
    public static LevelCodes Fit(Column source)
    {
        var column = SourceReading.Texts(source, position: null);
        var occurs = new bool[column.Levels.Count];
        foreach (var code in column.Codes)
        {
            if (code >= 0)
                occurs[code] = true;
        }

        var texts = new SortedSet<string>(StringComparer.Ordinal);
        for (var code = 0; code < occurs.Length; code++)
        {
            if (occurs[code] && !CellText.IsMissing(column.Levels[code]))
                texts.Add(column.Levels[code].Trim());
        }

        return new LevelCodes(texts);
    }

    public double[] Apply(Column source)
    {
        var column = SourceReading.Texts(source, position: null);
        var byCode = new double[column.Levels.Count];
        for (var code = 0; code < byCode.Length; code++)
            byCode[code] = _codes.TryGetValue(column.Levels[code].Trim(), out var own) ? own : double.NaN;
        return Array.ConvertAll(column.Codes, code => code < 0 ? double.NaN : byCode[code]);
    }

    public void Save(Stream stream) => ModelFile.Write(stream, Kind, 1, new JsonObject { ["texts"] = StoredTexts.Write(_codes.Keys) });

    public static LevelCodes Load(Stream stream)
    {
        var texts = StoredTexts.Read(ModelFile.Read(stream, Kind, 1), "texts");
        if (texts.Distinct(StringComparer.Ordinal).Count() < texts.Length)
            throw new InvalidDataException("The stored model gives a text two codes; it is damaged.");
        return new LevelCodes(texts);
    }
}
