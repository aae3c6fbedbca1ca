using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>Settles which of several columns is meant where two headers claim a field that decides what a row is: who, when, how much.</summary>
/// <remarks>
/// A header that names the field more closely wins (<c>order date</c> over <c>date</c>). Between equals the values decide: a column that is mostly empty or holds something else is out; columns that
/// say the same are one; an amount is the one that quantity and price make. What is still open then is asked: nothing is guessed.
/// </remarks>
internal static class ColumnContest
{
    private const double Most = 0.95;

    // Fewer rows may all be of different customers.
    private const int LeastRows = 30;
    private const int LeastNames = 5;

    /// <exception cref="UnreadableFileException">Several columns may be meant; the message has the lines for the mapping.</exception>
    public static PlannedColumn[] Settle(string file, Dataset dataset, PlannedColumn[] plan, ColumnSample sample)
    {
        var settled = (PlannedColumn[])plan.Clone();
        foreach (var winner in plan.Where(column => column.Field >= 0 && column.Evidence == "header"))
        {
            var field = dataset.Fields[winner.Field];
            if (!field.Required && !field.GroupRequired)
            {
                if (HoldsWords(field, winner, sample))
                    settled[winner.Position] = AsAttribute(winner, $"its values are words, and {field} is a number");
                else if (IsReferenceOfRow(field, winner, sample))
                    settled[winner.Position] = AsAttribute(winner, "no value returns, so it is the reference of the row and not that of an article");
                continue;
            }

            if (HoldsNames(field, winner, sample))
                throw new UnreadableFileException(
                    $"{file}: the column \"{winner.Header.Trim()}\" holds names, and two people of one name would be one customer. Say in {Path.GetFileName(file)}{MappingFiles.Ending} which column has their id or address of e-mail, such as {ExampleOf(dataset, plan)}; or {{ \"columns\": {{ \"{winner.Header.Trim()}\": \"customerId\" }} }} if their names are all there is.");
            var rivals = plan.Where(column => column.Use is ColumnUse.Attribute or ColumnUse.SealedAttribute && IsAsGood(field, column.Header, winner.Header)).ToList();
            if (rivals.Count == 0)
            {
                if (IsIdOfRow(dataset, field, winner, sample))
                    throw new UnreadableFileException(
                        $"{file}: the column \"{winner.Header.Trim()}\" holds another value in each row, so it is the id of the row and not that of a customer. Say in {Path.GetFileName(file)}{MappingFiles.Ending} which column names the customer, such as {ExampleOf(dataset, plan)}; or {{ \"columns\": {{ \"{winner.Header.Trim()}\": \"customerId\" }} }} if it is this one.");
                continue;
            }

            var chosen = Choose(file, dataset, plan, field, [winner, .. rivals], sample);
            if (chosen != winner)
            {
                // They change places: the other one is kept as an attribute.
                settled[chosen.Position] = winner with { Position = chosen.Position, Header = chosen.Header, Evidence = "values" };
                settled[winner.Position] = chosen with { Position = winner.Position, Header = winner.Header, Attribute = winner.Header.Trim() };
            }
            else
            {
                settled[winner.Position] = winner with { Evidence = "values" };
            }
        }

        if (dataset == DatasetCatalog.Orders && OrderTotals.Are(file, settled, sample))
        {
            var total = Array.Find(settled, column => column.Field == dataset.IndexOf("amount"))!;
            settled[total.Position] = AsAttribute(total, "it holds the total of the whole order, so price and quantity make the line's amount");
        }

        return settled;
    }

    private static PlannedColumn AsAttribute(PlannedColumn column, string why) => column with { Use = ColumnUse.Attribute, Field = -1, Attribute = column.Header.Trim(), Evidence = why };

    /// <summary>A line for the mapping with the column that may well name the customer.</summary>
    private static string ExampleOf(Dataset dataset, PlannedColumn[] plan)
    {
        var header = HeaderHints.For("customerId", plan.Where(column => column.Field < 0).Select(column => column.Header.Trim())) ?? "<header>";
        return $"{{ \"columns\": {{ \"{header}\": {(HeaderHints.IsBoth(dataset, "customerId", header) ? HeaderHints.Both : "\"customerId\"")} }} }}";
    }

    /// <summary>A column that is called by a word for customers and nothing else, and holds words set apart by blanks, without a digit: <c>Ann Lee</c>.</summary>
    private static bool HoldsNames(DatasetField field, PlannedColumn column, ColumnSample sample)
    {
        if (field.Type != FieldType.CustomerId || !HeaderWords.NamesPeople(column.Header))
            return false;
        var (values, names) = sample.Count(column.Position, value => value.Contains((byte)' ') && value.IndexOfAnyInRange((byte)'0', (byte)'9') < 0 && !value.Contains((byte)'@'));
        return values >= LeastNames && names >= values * 0.8;
    }

    /// <summary>A column that is called "reference" and nothing else is the reference of the order where no value returns, and not that of an article.</summary>
    private static bool IsReferenceOfRow(DatasetField field, PlannedColumn column, ColumnSample sample) =>
        field.Name == "productId" && TextFolding.Key(column.Header) == "reference" && HasNoValueTwice(column, sample);

    /// <summary>A column that is called "id" and nothing else is the id of the order, the event or the ticket, where no value returns.</summary>
    private static bool IsIdOfRow(Dataset dataset, DatasetField field, PlannedColumn column, ColumnSample sample)
    {
        if (field.Type != FieldType.CustomerId || TextFolding.Key(column.Header) != "id" || (dataset != DatasetCatalog.Orders && dataset != DatasetCatalog.Events && dataset != DatasetCatalog.Tickets))
            return false;
        return HasNoValueTwice(column, sample);
    }

    private static bool HasNoValueTwice(PlannedColumn column, ColumnSample sample)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var values = 0;
        sample.Each(column.Position, value =>
        {
            if (value.IsEmpty)
                return;
            values++;
            seen.Add(System.Text.Encoding.UTF8.GetString(value));
        });
        return values >= LeastRows && seen.Count == values;
    }

    /// <summary>A field of numbers that rows can do without, in a column of words: <c>Good</c> and <c>Bad</c> where a score was expected. It is an attribute then.</summary>
    private static bool HoldsWords(DatasetField field, PlannedColumn column, ColumnSample sample)
    {
        if (field.Identifier || field.Type is not (FieldType.Decimal or FieldType.Integer) || field.Default is not null)
            return false;
        var (values, numbers) = sample.Count(column.Position, value => NumberText.TryParse(value, DecimalStyle.Undecided, out _, out var fault) || fault != ValueFault.NotANumber);
        return values > 0 && numbers * 2 < values;
    }

    private static PlannedColumn Choose(string file, Dataset dataset, PlannedColumn[] plan, DatasetField field, List<PlannedColumn> claimants, ColumnSample sample)
    {
        var usable = claimants.Where(column => IsUsable(field, column, sample)).ToList();
        if (usable.Count == 0)
            return claimants[0];
        if (usable.Count == 1 || usable.TrueForAll(column => sample.AreEqual(column.Position, usable[0].Position)))
            return usable[0];
        if (field.Name == "amount" && usable.Where(column => LineProducts.Are(plan, column, sample)).ToList() is [var product])
            return product;
        var lines = string.Join(" or ", usable.Select(column => $"{{ \"columns\": {{ \"{column.Header.Trim()}\": \"{field}\" }} }}"));
        throw new UnreadableFileException(
            $"{file}: the columns {string.Join(" and ", usable.Select(column => $"\"{column.Header.Trim()}\""))} may both be the {field} of {dataset}, and they hold different values. Say in {Path.GetFileName(file)}{MappingFiles.Ending} which one is: {lines}.");
    }

    private static bool IsUsable(DatasetField field, PlannedColumn column, ColumnSample sample)
    {
        var records = 0;
        sample.Each(column.Position, _ => records++);
        var (values, fitting) = sample.Count(column.Position, value => field.Type switch
        {
            FieldType.Timestamp or FieldType.Date => DateText.TryParse(value, new DateRules { FirstYear = 1, LastYear = 9999 }, out _, out var fault) || fault == ValueFault.AmbiguousOrder || DateText.IsCount(value),
            FieldType.Decimal or FieldType.Integer => NumberText.TryParse(value, DecimalStyle.Undecided, out _, out var fault) || fault == ValueFault.AmbiguousSeparator,
            _ => true,
        });
        return values >= Most * records && fitting >= Most * values && values > 0;
    }

    /// <summary>Both headers are known for the field, and neither names it more closely; a subtotal is never as good as a total.</summary>
    private static bool IsAsGood(DatasetField field, string rival, string winner) =>
        TextFolding.Key(rival) != "subtotal" && StrengthOf(field, winner) is > 0 and var strength && StrengthOf(field, rival) == strength;

    /// <summary>0: it is the field's own name; 1: it names the field; 2: it may name others, too; −1: it is none of its headers.</summary>
    private static int StrengthOf(DatasetField field, string header)
    {
        var key = TextFolding.Key(header);
        if (key == TextFolding.Key(field.Name))
            return 0;
        if (field.WeakHeaders.Any(weak => TextFolding.Key(weak) == key))
            return 2;
        return field.Headers.Any(known => TextFolding.Key(known) == key) ? 1 : -1;
    }
}
