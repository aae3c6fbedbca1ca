using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Rows;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Testing;

namespace SegFunctions.Customers.Tests.Intake.Runs;

public sealed class FieldReaderTests
{
    private static readonly string[] Dates =
    [
        "2024-02-29T23:59:59", "2024-02-29 23:59:59", "2024-02-29T23:59:59Z", "2024-02-29", "2023-02-29", "2024-02-29T24:00:00", "2024-02-29T23:59", "1850-01-01", "2300-01-01T00:00:00",
        "03/04/2024", "13/04/2024", "04/13/2024", "1700000000", "45000", "20240229", "2024-02-29T23:59:59.5", "2024-02-29T23:59:59+02:00", "yesterday", "NULL", "2024-03-31T02:30:00", "2024-10-27T02:30:00",
    ];

    [Fact]
    public void Values_read_at_a_glance_are_what_reading_at_length_makes_of_them()
    {
        var reading =
            from decimals in Gen.Elements(DecimalStyle.Point, DecimalStyle.Comma, DecimalStyle.Undecided)
            from order in Gen.Elements(DateOrder.DayMonthYear, DateOrder.MonthDayYear, DateOrder.YearMonthDay, DateOrder.Undecided)
            from counts in Gen.Elements(NumericTime.None, NumericTime.UnixSeconds)
            from isSettled in Gen.Elements(true, false)
            from isMixed in Gen.Elements(true, false)
            select new ColumnReading { Decimals = decimals, Order = order, Counts = counts, IsSettled = isSettled, IsMixed = isSettled && isMixed };
        var number = Gen.Elements("0123456789.,-%€ ".ToArray()).ArrayOf().Select(text => new string(text).Trim());
        var price = Gen.Choose(-5_000, 99_999).Select(value => (value / 100m).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var values = Gen.Frequency((4, price), (2, number), (1, Gen.Elements("NA", "0", "-0", "007", "12.50", "50001", "-2000000000", "books", "Returned", "returned", "retour", "FR", "France", "Atlantis", "MÃ¼ller", "a@b.com")), (4, Gen.Elements(Dates)))
            .Where(value => value.Length > 0);
        var zone = Gen.Elements("UTC", "+02:00", "Europe/Paris").Select(name => MappingTimeZone.TryParse(name, out var parsed, out _) ? parsed : MappingTimeZone.Utc);
        Prop.ForAll(reading.Zip(zone).Zip(values.ListOf()).ToArbitrary(), given =>
        {
            var ((columns, clock), texts) = given;
            foreach (var dataset in new[] { DatasetCatalog.Orders, DatasetCatalog.Customers })
            {
                var (glance, length) = (new Reader(dataset, columns, clock), new Reader(dataset, columns, clock));
                var line = 0L;
                foreach (var text in texts.Concat(texts))
                    Assert.Equal(length.Read(Encoding.UTF8.GetBytes(text), ++line, atLength: true), glance.Read(Encoding.UTF8.GetBytes(text), line, atLength: false));
                Assert.Equal(length.Counted(), glance.Counted());
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Reading_plain_values_allocates_nothing()
    {
        var reader = new Reader(DatasetCatalog.Orders, new ColumnReading { Decimals = DecimalStyle.Point, IsSettled = true }, MappingTimeZone.Utc);
        ReadRows(reader);
        Assert.Equal(0, Allocation.Of(() => ReadRows(reader)));

        static void ReadRows(Reader reader)
        {
            for (var row = 1; row <= 1_000; row++)
            {
                reader.Read("amount", "64.99"u8, row);
                reader.Read("quantity", "2"u8, row);
                reader.Read("timestamp", "2024-02-29T23:59:59"u8, row);
                reader.Read("category", "books"u8, row);
                reader.Read("orderId", "1000000"u8, row);
                reader.Read("status", "returned"u8, row);
            }
        }
    }

    /// <summary>Reads each value as every field of a dataset but the customer's id.</summary>
    private sealed class Reader
    {
        private readonly RowContext _context;
        private readonly FieldReader _reader;
        private readonly List<PlannedField> _fields;

        public Reader(Dataset dataset, ColumnReading reading, MappingTimeZone zone)
        {
            var columns = Enumerable.Range(0, dataset.Fields.Count).Select(field => new PlannedColumn(field, dataset.Fields[field].Name, ColumnUse.Field, field, "", "header")).ToArray();
            var plan = new FilePlan(
                dataset, UploadMapping.None with { TimeZone = zone }, columns, [.. columns.Select(_ => reading)], new AttributeNames(RowHash.Standard), new AttributeNames(RowHash.Standard), false, CsvDelimiter.Comma, new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            _context = new RowContext(new RowValues(dataset, [.. columns.Select(_ => true)])) { Plan = plan };
            _reader = new FieldReader(_context);
            _fields = [.. columns.Select(column => new PlannedField(plan, column.Field, _context.Totals)).Where(field => field.Type != FieldType.CustomerId)];
        }

        public string Read(ReadOnlySpan<byte> value, long line, bool atLength)
        {
            var told = new StringBuilder();
            foreach (var field in _fields)
            {
                _context.Row.Clear();
                _context.Line = line;
                _reader.Restart();
                if (atLength)
                    _reader.ReadAtLength(field, value);
                else
                    _reader.ReadField(field, value);
                var row = _context.Row;
                told.Append($"{field.Declared.Name}={Encoding.UTF8.GetString(row.Text(field.Field))};{row.Number(field.Field)};{(row.Has(field.Field) && field.Type is FieldType.Timestamp or FieldType.Date ? row.Ticks(field.Field) : 0)};{row.IsShare(field.Field)};");
                foreach (var finding in row.Findings)
                    told.Append(finding.Rule.Id).Append(finding.Fault);
                told.Append('\n');
            }

            return told.ToString();
        }

        public void Read(string name, ReadOnlySpan<byte> value, long line)
        {
            _context.Row.Clear();
            _context.Line = line;
            foreach (var field in _fields)
            {
                if (field.Declared.Name == name)
                    _reader.ReadField(field, value);
            }
        }

        public string Counted()
        {
            var told = new StringBuilder();
            foreach (var field in _fields)
            {
                var (totals, statistics) = (field.Totals, field.Totals.Statistics);
                told.Append($"{field.Declared.Name}: {totals.Ambiguous} {totals.IsDefinite} {totals.Definite} {totals.Transposed} {totals.DecimalCommas.Count} {totals.DecimalCommas.First} {totals.CaseChanges.Count} {totals.CaseChanges.First} ");
                told.Append($"{statistics.Values} {statistics.Distinct.Count()} {statistics.Smallest} {statistics.Largest} {statistics.Earliest} {statistics.Latest} {statistics.Numbers?.Count} ");
                told.AppendJoin(' ', statistics.Categories.ToReport()).AppendJoin(' ', statistics.Numbers?.Bins() ?? []).AppendJoin(' ', statistics.Numbers?.Largest ?? []).Append('\n');
            }

            told.AppendJoin(' ', _context.Result.Contradictions);
            return told.ToString();
        }
    }
}
