using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Reading;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Makes the rows of a sample fit to be shown: identifiers, free texts and whatever may be either stand as their shape.</summary>
internal static class ReviewRows
{
    public static IReadOnlyList<ReviewRow> Of(RowSample sample, FilePlan plan, RowTotals totals, bool areAccepted)
    {
        var isOpen = plan.Columns.Select(column => areAccepted && IsOpen(column, plan, totals)).ToArray();
        return
        [
            .. sample.InOrder.Select(row => new ReviewRow(
                row.Line,
                row.Rule,
                [
                    .. row.Values
                        .Select((value, column) => (value, column))
                        .Where(pair => pair.value.Sent.Length > 0 && plan.Columns[pair.column].Use is not (ColumnUse.Refused or ColumnUse.Ignored))
                        .Select(pair => Value(plan.Columns[pair.column], pair.value, isOpen[pair.column])),
                ])),
        ];
    }

    /// <summary>A letter becomes x or X, a digit 9; blanks and signs stay. It shows whether a value looks right, and not what it is.</summary>
    internal static string Shape(string text) => string.Create(text.Length, text, static (shape, source) =>
    {
        for (var place = 0; place < source.Length; place++)
        {
            var character = source[place];
            shape[place] = char.IsDigit(character) ? '9' : char.IsUpper(character) ? 'X' : char.IsLetter(character) || char.IsSurrogate(character) ? 'x' : character;
        }
    });

    private static ReviewValue Value(PlannedColumn column, SampledValue value, bool isOpen) =>
        isOpen ? new ReviewValue(column.Header, value.Sent, value.Read == value.Sent ? null : value.Read) : new ReviewValue(column.Header, Shape(value.Sent), null);

    /// <summary>Every value of the column was read as a number, a moment or a word of few: it cannot tell who a person is.</summary>
    private static bool IsOpen(PlannedColumn column, FilePlan plan, RowTotals totals)
    {
        if (column.Field < 0)
            return column.Use == ColumnUse.Attribute && !plan.Readings[column.Position].IsSealed && ColumnFigures.Of(column, plan, totals, null).Categories is not null;
        var field = plan.Dataset.Fields[column.Field];
        return !field.Identifier && (field.Type is FieldType.Decimal or FieldType.Integer or FieldType.Timestamp or FieldType.Date or FieldType.Boolean
            || (field.Type is FieldType.Choice or FieldType.Text or FieldType.Country or FieldType.Language or FieldType.Currency && ColumnFigures.Of(column, plan, totals, null).Categories is not null));
    }
}
