using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Design;

/// <summary>A column that no learner gets, and why.</summary>
/// <param name="Reason">One line for a person that begins with the column's name.</param>
public sealed record LeftOutColumn(string Column, Bilingual Reason);

/// <summary>Which columns learners get, and what each means: decided once on all rows, without a look at the labels, so that every fold agrees.</summary>
internal sealed class UsedColumns
{
    private const int FewestOfEither = 20;

    public UsedColumns(IReadOnlyList<string> names, ColumnKind[] kinds) => (Names, Kinds) = (names, kinds);

    /// <summary>Of a model that looks at nothing.</summary>
    public static UsedColumns None { get; } = new([], []);

    public IReadOnlyList<string> Names { get; }

    public ColumnKind[] Kinds { get; }

    /// <summary>Whether a row can be given as a number for each column.</summary>
    public bool OnlyNumbers => !Array.Exists(Kinds, kind => kind == ColumnKind.Category);

    /// <summary>Columns that name rows, hold sentences, one value or none, or repeat another are left out.</summary>
    public static (UsedColumns Used, IReadOnlyList<LeftOutColumn> LeftOut) Of(Table table, IReadOnlyDictionary<string, ColumnKind> told, int? threads, CancellationToken cancellationToken)
    {
        var kinds = told.Where(one => table.Columns.Any(column => column.Name == one.Key)).ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        var survey = TablePreparation.Fit(table, LinearDesign.Preparing(kinds, threads), cancellationToken);
        var names = new List<string>();
        var meanings = new List<ColumnKind>();
        var leftOut = new List<LeftOutColumn>();
        foreach (var decision in survey.Report)
        {
            // A category without a frequent text still has its share of positive rows by text, and a column that says X or nothing tells by being filled.
            if (decision.Kept || decision.Use == ColumnUse.TooManyLevels || (decision.Use is ColumnUse.Constant or ColumnUse.Empty && TellsByAbsence(decision.Missing, table.Rows)))
            {
                names.Add(decision.Column);
                meanings.Add(decision.Kind);
            }
            else
            {
                leftOut.Add(new LeftOutColumn(decision.Column, decision.Reason));
            }
        }

        return (new UsedColumns(names, [.. meanings]), leftOut);
    }

    /// <summary>Whether enough rows hold a value, and enough hold none, for that to be worth a flag.</summary>
    public static bool TellsByAbsence(int missing, int rows) => missing >= FewestOfEither && rows - missing >= FewestOfEither;

    public Dictionary<string, ColumnKind> ByName() => Names.Zip(Kinds).ToDictionary(one => one.First, one => one.Second, StringComparer.Ordinal);
}
