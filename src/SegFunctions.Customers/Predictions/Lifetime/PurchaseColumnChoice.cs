using System.Globalization;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Predictions.Lifetime;

/// <summary>
/// Which columns of a file of orders hold customer, date and amount, and how they are written: as named, else by their headers (the
/// synonyms of intake), else by their values where only one column can be meant.
/// </summary>
internal sealed record PurchaseColumnChoice
{
    // Of a column's values, so many must read as dates (or numbers) for it to be one of them.
    private const double ReadableShare = 0.95;

    private const int MostShown = 40;

    /// <summary>Fields a record needs.</summary>
    public required int Fields { get; init; }

    public required int Customer { get; init; }

    public required int Date { get; init; }

    /// <summary>−1 without amounts; the price where a quantity goes with it.</summary>
    public required int Amount { get; init; }

    /// <summary>−1 where the amount is whole.</summary>
    public required int Quantity { get; init; }

    public required DateRules Dates { get; init; }

    public required DecimalStyle AmountDecimals { get; init; }

    public required DecimalStyle QuantityDecimals { get; init; }

    /// <summary>For a person.</summary>
    public required PurchaseColumns Told { get; init; }

    public static PurchaseColumnChoice Of(OpenedFile file, IReadOnlyCollection<RecordBatch> sample, PurchaseFileOptions options, string name)
    {
        var headers = file.Reader.Header;
        if (sample.Sum(batch => batch.Count) == 0)
            throw new PurchaseColumnsException($"{name} has columns but no rows below them. Export it again with its data.");
        var columns = Enumerable.Range(0, headers.Count).Select(column => SampledColumn.Of(sample, column)).ToList();
        var plan = ColumnMatching.Plan(DatasetCatalog.Orders, UploadMapping.None, headers, []);
        var taken = new HashSet<int>();
        var guessed = false;

        var (customerNamed, dateNamed, amountNamed) = (Named(options.Customer, "--customer"), Named(options.Date, "--date"), Named(options.Amount, "--amount"));
        RequireDifferent(("--customer", customerNamed), ("--date", dateNamed), ("--amount", amountNamed));
        if (dateNamed is { } dated && columns[dated] is { Count: > 0, DateShare: 0 })
            throw new PurchaseColumnsException($"{name}: column '{Name(dated)}' of --date holds no dates. Name another. {All()}");
        if (amountNamed is { } priced && columns[priced] is { Count: > 0, NumberShare: 0 })
            throw new PurchaseColumnsException($"{name}: column '{Name(priced)}' of --amount holds no numbers. Name another. {All()}");
        var date = dateNamed ?? Headed("timestamp") ?? Guess("--date", "dates", column => columns[column].DateShare >= ReadableShare, required: true)!.Value;
        taken.Add(date);
        if (customerNamed is { } early)
            taken.Add(early);
        // Found before the customer, so that amounts do not pass for ids.
        var (amount, quantity) = Worth(amountNamed);
        if (amount >= 0)
            taken.Add(amount);
        if (quantity >= 0)
            taken.Add(quantity);
        var customer = customerNamed ?? Headed("customerId") ?? GuessCustomer();

        var usual = file.Format.Delimiter == CsvDelimiter.Semicolon ? DecimalStyle.Comma : DecimalStyle.Point;
        var order = columns[date].Order;
        return new PurchaseColumnChoice
        {
            Fields = Math.Max(Math.Max(customer, date), Math.Max(amount, quantity)) + 1,
            Customer = customer,
            Date = date,
            Amount = amount,
            Quantity = quantity,
            Dates = new DateRules { Order = order.Value == DateOrder.Undecided ? DateOrder.DayMonthYear : order.Value },
            AmountDecimals = amount < 0 ? usual : columns[amount].DecimalsOr(usual),
            QuantityDecimals = quantity < 0 ? usual : columns[quantity].DecimalsOr(usual),
            Told = new PurchaseColumns(
                Name(customer),
                Name(date),
                amount < 0 ? null : quantity < 0 ? Name(amount) : $"{Name(quantity)} × {Name(amount)}",
                guessed,
                order.Certainty == Certainty.Ambiguous ? order.Evidence : null),
        };

        string Name(int column) => headers[column].Trim() is { Length: > 0 } header ? header : (column + 1).ToString(CultureInfo.InvariantCulture);

        string All() => $"It has {string.Join(", ", Enumerable.Range(0, headers.Count).Take(MostShown).Select(Name))}{(headers.Count > MostShown ? $" and {headers.Count - MostShown} more" : "")}; a 1-based position does as well.";

        int? Named(string? wanted, string option)
        {
            if (wanted is null)
                return null;
            var same = Enumerable.Range(0, headers.Count).Where(column => headers[column].Trim() == wanted.Trim()).ToList();
            if (same.Count > 1)
                throw new PurchaseColumnsException($"{name} has {same.Count} columns '{wanted}', at the positions {string.Join(", ", same.Select(column => column + 1))}. Give {option} the position of the one you mean.");
            if (same.Count == 1)
                return same[0];
            for (var column = 0; column < headers.Count; column++)
            {
                if (string.Equals(headers[column].Trim(), wanted.Trim(), StringComparison.OrdinalIgnoreCase))
                    return column;
            }

            if (int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position >= 1 && position <= headers.Count)
                return position - 1;
            throw new PurchaseColumnsException($"{name} has no column '{wanted}' of {option}. {All()}");
        }

        void RequireDifferent(params ReadOnlySpan<(string Option, int? Column)> named)
        {
            for (var i = 0; i < named.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (named[i].Column is { } column && column == named[j].Column)
                        throw new PurchaseColumnsException($"{named[j].Option} and {named[i].Option} both name the column '{Name(column)}' of {name}. Name different ones. {All()}");
                }
            }
        }

        int? Headed(string field)
        {
            var found = plan.FirstOrDefault(column => column.Field == DatasetCatalog.Orders.IndexOf(field) && !taken.Contains(column.Position));
            return found?.Position;
        }

        int? Guess(string option, string what, Func<int, bool> fits, bool required)
        {
            var candidates = Enumerable.Range(0, headers.Count).Where(column => !taken.Contains(column) && fits(column)).ToList();
            if (candidates.Count == 1)
            {
                guessed = true;
                return candidates[0];
            }

            if (candidates.Count == 0 && !required)
                return null;
            throw new PurchaseColumnsException(candidates.Count == 0
                ? $"{name} has no column that holds {what}. Name it with {option}. {All()}"
                : $"{name} has several columns that may hold {what}: {string.Join(", ", candidates.Select(Name))}. Name the one you mean with {option}.");
        }

        (int Amount, int Quantity) Worth(int? named)
        {
            if (named is { } own)
                return (own, -1);
            // A column that holds nothing says nothing of amounts.
            if (Headed("amount") is { } whole && columns[whole].Count > 0)
                return (whole, -1);
            if (Headed("unitPrice") is { } price)
                return (price, Headed("quantity") ?? -1);
            // Money has decimals; where nothing has, a single column of numbers that are no ids is taken.
            var fields = new[] { Headed("customerId"), Headed("orderId"), Headed("line"), Headed("productId"), Headed("quantity") };
            var free = Enumerable.Range(0, headers.Count).Where(column => !taken.Contains(column) && !fields.Contains(column)).ToList();
            var decimals = free.Where(column => columns[column].NumberShare >= ReadableShare && columns[column].HasDecimals).ToList();
            return (decimals.Count > 0 ? Guess("--amount", "amounts", decimals.Contains, required: true)!.Value : -1, -1);
        }

        int GuessCustomer()
        {
            // Ids are on several lines each, which numbers of orders mostly are not, and are no counts of one or two pieces.
            var candidates = Enumerable.Range(0, headers.Count).Where(column => !taken.Contains(column) && Headed("quantity") != column && Headed("orderId") != column && columns[column].MayBeIds).ToList();
            if (candidates.Count == 0)
                throw new PurchaseColumnsException($"{name} has no column that is clearly the customer's. Name it with --customer. {All()}");
            if (file.Format.HasHeader != false && candidates.Count > 1)
                throw new PurchaseColumnsException($"{name} has several columns that may be the customer's: {string.Join(", ", candidates.Select(Name))}. Name the one you mean with --customer.");
            guessed = true;
            return candidates[0];
        }
    }
}
