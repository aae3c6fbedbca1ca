using System.Globalization;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Customers.Text;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Intake.Sensitive;

/// <summary>Decides which columns of a file are kept, and which may not be stored. Lives through all passes over the file.</summary>
/// <remarks>
/// Columns are judged by their header, by the first records, and once more when every value of the file has been seen; what comes out then is applied by another
/// pass. Nothing of a refused column is kept: no value, no smallest or largest one, no word in a sample, nothing in the quarantine. What the mapping allows by
/// name stays: special categories as an attribute, everything else with the sealed identifiers. Columns that a field claims are judged by their header when the mapping
/// named the field, and by the first records for numbers of cards.
/// </remarks>
internal sealed class SensitiveColumns(UploadMapping mapping, KeepPolicy keep)
{
    private readonly Dictionary<int, Verdict> _verdicts = [];

    /// <summary>The plan without what may not be stored, or is not wanted.</summary>
    /// <param name="known">Columns that were judged when the file had no more than those.</param>
    /// <exception cref="UnreadableFileException">A column that the dataset needs may not be stored.</exception>
    public PlannedColumn[] Apply(string file, Dataset dataset, PlannedColumn[] columns, int known, IReadOnlyList<RecordBatch> sample, int sampleRecords)
    {
        var applied = new PlannedColumn[columns.Length];
        for (var position = 0; position < columns.Length; position++)
        {
            var column = columns[position];
            if (position >= known && column.Use != ColumnUse.Ignored && !_verdicts.ContainsKey(position))
                Judge(dataset, column, sample, sampleRecords);
            applied[position] = position < known ? column : Applied(column);
        }

        if (ColumnMatching.Missing(dataset, mapping, applied) is { Count: > 0 } missing && ColumnMatching.Missing(dataset, mapping, columns).Count < missing.Count)
        {
            var refused = columns.First(column => column.Field >= 0 && applied[column.Position].Field < 0);
            throw new UnreadableFileException(
                $"{file}: column \"{refused.Header.Trim()}\" is the only one for {missing[0]}, but it looks like {Name(_verdicts[refused.Position].Kind!.Value).En}, which is not stored. Use another id, or allow the column by name in mapping.json: \"allow\": [\"{refused.Header.Trim()}\"].");
        }

        return applied;
    }

    /// <summary>Judges once more by all values. True: a column has to go that was kept so far, and the file must be read again.</summary>
    public bool FindMore(IReadOnlyList<PlannedColumn> columns, RowTotals totals)
    {
        var any = false;
        foreach (var column in columns)
        {
            if (column.Use != ColumnUse.Attribute || _verdicts.ContainsKey(column.Position) || OfValues(column, totals.Column(column.Position).Statistics) is not { } verdict)
                continue;
            _verdicts[column.Position] = verdict;
            any |= Applied(column) != column;
        }

        return any;
    }

    /// <summary>For the report, in the order of the columns.</summary>
    public IReadOnlyList<SensitiveColumn> ToReport(IReadOnlyList<PlannedColumn> columns) =>
    [
        .. columns.Where(column => _verdicts.TryGetValue(column.Position, out var verdict) && verdict.Kind is not null).Select(column => Describe(column.Header.Trim(), _verdicts[column.Position])),
    ];

    private PlannedColumn Applied(PlannedColumn column)
    {
        var isNamed = IsNamed(mapping.Allow, column);
        if (_verdicts.TryGetValue(column.Position, out var verdict))
        {
            if (verdict.Kind is { } kind && !verdict.IsAllowed)
                return column with { Use = ColumnUse.Refused, Field = -1, AlsoField = -1, Evidence = verdict.Evidence };
            if (column.Field < 0 && (verdict.Kind is null or <= SensitiveKind.NationalId))
                column = column with { Use = ColumnUse.SealedAttribute, Evidence = verdict.Evidence };
        }

        return column.Field >= 0 || column.Use == ColumnUse.Ignored || isNamed || keep.Keeps(header => IsNamed([header], column))
            ? column
            : column with { Use = ColumnUse.Ignored, Evidence = "keep" };
    }

    private void Judge(Dataset dataset, PlannedColumn column, IReadOnlyList<RecordBatch> sample, int sampleRecords)
    {
        var field = column.Field < 0 ? null : dataset.Fields[column.Field];
        if ((field is null || column.Evidence == "mapping") && SensitiveHeaders.Of(column.Header) is { } kind)
        {
            _verdicts[column.Position] = new Verdict(kind, "header", "", IsNamed(mapping.Allow, column));
            return;
        }

        if (sample.Count == 0 || (field is not null && field.Type is not (FieldType.CustomerId or FieldType.Id or FieldType.Text)))
            return;
        var statistics = new ColumnStatistics();
        var left = sampleRecords;
        foreach (var batch in sample)
        {
            for (var record = 0; record < batch.Count && left > 0; record++, left--)
            {
                if (batch.Fault(record) is null && column.Position < batch.FieldCount(record) && Blanks.Trim(batch.Field(record, column.Position)) is { Length: > 0 } value)
                    statistics.AddWatchedValue(value);
            }
        }

        if (field is null)
        {
            if (column.Use == ColumnUse.Attribute && OfValues(column, statistics) is { } verdict)
                _verdicts[column.Position] = verdict;
        }
        else if (statistics.Evidence.Decide(statistics.Distinct.Count().Count) == SensitiveForm.Card)
        {
            _verdicts[column.Position] = new Verdict(SensitiveKind.Card, "values", Share(statistics, SensitiveForm.Card), IsNamed(mapping.Allow, column));
        }
    }

    private Verdict? OfValues(PlannedColumn column, ColumnStatistics statistics)
    {
        if (statistics.Evidence.Values == 0)
            return null;
        var form = statistics.Evidence.Decide(statistics.Distinct.Count().Count);
        if (form == SensitiveForm.Phone)
            return new Verdict(null, "values", "", IsAllowed: true);
        if (form != SensitiveForm.None)
            return new Verdict(SensitiveForms.KindOf(form), "values", $"{SensitiveForms.NameOf(form)}, {Share(statistics, form)}", IsNamed(mapping.Allow, column));
        return !statistics.Categories.HasMany && SensitiveWords.Of([.. statistics.Categories.ToReport().Select(word => word.Value)], column.Header) is { } kind
            ? new Verdict(kind, "values", "", IsNamed(mapping.Allow, column))
            : null;
    }

    private static string Share(ColumnStatistics statistics, SensitiveForm form) =>
        ((double)statistics.Evidence.Of(form) / statistics.Evidence.Values).ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);

    private static bool IsNamed(IReadOnlyList<string> names, PlannedColumn column)
    {
        foreach (var name in names)
        {
            if (name.AsSpan().Trim().SequenceEqual(column.Header.AsSpan().Trim()) || (TextFolding.Key(name) is { Length: > 0 } key && key == TextFolding.Key(column.Header)))
                return true;
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position == column.Position + 1)
                return true;
        }

        return false;
    }

    private static SensitiveColumn Describe(string header, Verdict verdict)
    {
        var kind = verdict.Kind!.Value;
        var name = Name(kind);
        var detail = verdict.What.Length == 0 ? "" : $" ({verdict.What})";
        var why = verdict.Evidence == "header"
            ? new Bilingual($"The header names {name.En}.", $"L'en-tête désigne {name.Fr}.")
            : new Bilingual($"The values look like {name.En}{detail}.", $"Les valeurs ressemblent à {name.Fr}{detail}.");
        var cure = verdict.IsAllowed
            ? new Bilingual(
                kind <= SensitiveKind.NationalId ? "It is allowed by name and stands with the sealed identifiers." : "It is allowed by name and is kept as an attribute; make sure that you have a legal ground (GDPR, article 9).",
                kind <= SensitiveKind.NationalId ? "Elle est autorisée par son nom et conservée parmi les identifiants scellés." : "Elle est autorisée par son nom et conservée comme attribut ; assurez-vous d'une base légale (RGPD, article 9).")
            : new Bilingual(
                $"Leave the column out of the export. If it is needed and lawful, allow it by name in mapping.json: \"allow\": [\"{header}\"].",
                $"Retirez la colonne de l'export. Si elle est nécessaire et licite, autorisez-la par son nom dans mapping.json : \"allow\": [\"{header}\"].");
        return new SensitiveColumn(header, kind, verdict.Evidence, verdict.IsAllowed, why, cure);
    }

    private static Bilingual Name(SensitiveKind kind) => kind switch
    {
        SensitiveKind.Card => new("numbers of payment cards", "des numéros de carte bancaire"),
        SensitiveKind.BankAccount => new("bank accounts", "des comptes bancaires"),
        SensitiveKind.Secret => new("passwords, tokens or keys", "des mots de passe, jetons ou clés"),
        SensitiveKind.NationalId => new("national ids", "des numéros d'identité nationaux"),
        SensitiveKind.Health => new("health", "la santé"),
        SensitiveKind.Religion => new("religion or belief", "la religion ou les convictions"),
        SensitiveKind.Ethnicity => new("ethnic origin", "l'origine ethnique"),
        SensitiveKind.Politics => new("political opinions", "les opinions politiques"),
        SensitiveKind.Union => new("membership of a trade union", "l'appartenance syndicale"),
        SensitiveKind.Orientation => new("sexual orientation", "l'orientation sexuelle"),
        _ => new("biometric or genetic data", "des données biométriques ou génétiques"),
    };

    /// <param name="Kind">Null: telephone numbers, which are sealed without being named.</param>
    /// <param name="What">More about it, without any value.</param>
    private readonly record struct Verdict(SensitiveKind? Kind, string Evidence, string What, bool IsAllowed);
}
