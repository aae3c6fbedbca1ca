using System.Globalization;
using System.Text;
using ExcelDataReader;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Archives;
using SegFunctions.Customers.Intake.Spreadsheets;

namespace SegFunctions.Customers.Tests.Intake.Spreadsheets;

/// <summary>Every cell of generated workbooks is what was written, and what ExcelDataReader 3.6.0 reads.</summary>
public sealed class WorkbookOracleTests
{
    private const double Millisecond = 1.0 / 86_400_000;

    // Days between the two calendars of Excel.
    private const double Between1904 = 1462;

    static WorkbookOracleTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public void Cells_are_what_was_written_and_what_another_reader_reads() => Check(300);

    [Fact]
    [Trait("Category", "Long")]
    public void Cells_of_twenty_thousand_workbooks_are_what_was_written_and_what_another_reader_reads() => Check(20_000);

    private static void Check(int workbooks) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => CompareAsync(seed).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(workbooks).WithEndSize(int.MaxValue));

    private static async Task CompareAsync(int seed)
    {
        var written = new RandomWorkbook(seed);
        var ours = await ReadAsync(written.ToBytes());
        Assert.Equal(ours, await ReadAsync(written.ToBytes(isStrict: true)));
        foreach (var sheet in written.Sheets)
        {
            var read = ours.Where(cell => cell.Key.Sheet == sheet.Name).ToDictionary(cell => (cell.Key.Row, cell.Key.Column), cell => cell.Value);
            foreach (var (place, value) in sheet.Cells)
                Assert.True(read.TryGetValue(place, out var text) && Says(text, value, written.Starts1904), $"seed {seed}, {sheet.Name} {place}: {value} was written, \"{read.GetValueOrDefault(place)}\" was read");
            Assert.Equal(sheet.Cells.Keys.Order(), read.Keys.Order());
        }

        CompareWithOther(written, ours, seed);
    }

    private static async Task<Dictionary<(string Sheet, int Row, int Column), string>> ReadAsync(byte[] content)
    {
        await using var workbook = await Workbook.OpenAsync(await ZipContainer.OpenAsync(new MemoryStream(content), new ContentLimits(), CancellationToken.None), CancellationToken.None);
        var cells = new Dictionary<(string Sheet, int Row, int Column), string>();
        foreach (var sheet in workbook.Sheets)
        {
            using var rows = workbook.Open(sheet);
            while (rows.Read())
            {
                foreach (var cell in rows.Cells)
                    cells.Add((sheet.Name, rows.Row, cell.Column), Encoding.UTF8.GetString(rows.Text.Written.Slice(cell.Start, cell.Length)));
            }
        }

        return cells;
    }

    private static void CompareWithOther(RandomWorkbook written, Dictionary<(string Sheet, int Row, int Column), string> ours, int seed)
    {
        using var other = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(written.ToBytes()));
        foreach (var sheet in written.Sheets)
        {
            Assert.Equal((sheet.Name, sheet.IsHidden), (other.Name, other.VisibleState != "visible"));
            Assert.Equal(sheet.Merged.Count, other.MergeCells?.Length ?? 0);
            var compared = 0;
            for (var row = 1; other.Read(); row++)
            {
                for (var column = 0; column < other.FieldCount; column++)
                {
                    var value = other.GetValue(column);
                    if (value is null or string { Length: 0 })
                        continue;
                    compared++;
                    var text = ours.GetValueOrDefault((sheet.Name, row, column));
                    Assert.True(text is not null && Says(text, value, written.Starts1904), $"seed {seed}, {sheet.Name} row {row}, column {column}: the other reads {value} ({value.GetType().Name}), ours \"{text}\"");
                }
            }

            // Of cells with an error the other one gives nothing.
            Assert.Equal(sheet.Cells.Values.Count(value => value is not CellFault), compared);
            other.NextResult();
        }
    }

    /// <summary>The text says the value: numbers to their fifteen digits, moments to the millisecond.</summary>
    private static bool Says(string text, object value, bool starts1904) => value switch
    {
        string expected => text == expected,
        CellFault fault => text == fault.Text,
        bool truth => text == (truth ? "true" : "false"),
        double number => IsNumber(text, number),
        int number => IsNumber(text, number),
        CellMoment moment => IsMoment(text, moment.Serial + (starts1904 ? Between1904 : 0)) || IsNumber(text, moment.Serial),
        TimeSpan duration => IsMoment(text, duration.TotalDays + (starts1904 ? Between1904 : 0)) || IsDuration(text, duration.TotalDays),

        // Excel knows no days before its calendar and shows none; they stay numbers here.
        DateTime moment when moment.ToOADate() < (starts1904 ? Between1904 : 0) => IsNumber(text, moment.ToOADate() - (starts1904 ? Between1904 : 0)) || IsMoment(text, moment.ToOADate()),
        DateTime moment => IsMoment(text, moment.ToOADate()) || IsDuration(text, moment.ToOADate() - (starts1904 ? Between1904 : 0)),
        _ => false,
    };

    private static bool IsNumber(string text, double number)
    {
        var isPercent = text.EndsWith('%');
        var digits = text.Replace(" €", "", StringComparison.Ordinal).Replace(" US$", "", StringComparison.Ordinal).TrimEnd('%');
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) && Math.Abs((isPercent ? read / 100 : read) - number) <= 1e-14 * Math.Abs(number);
    }

    // Durations of more than a day are numbers here and moments there, where the first two months of 1900 lag by a day.
    private static bool IsDuration(string text, double serial) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) && (Math.Abs(read - serial) < Millisecond || Math.Abs(read + 1 - serial) < Millisecond);

    private static bool IsMoment(string text, double serial)
    {
        if (TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) && !text.Contains('-', StringComparison.Ordinal))
            return Math.Abs(time.ToTimeSpan().TotalDays - (serial - Math.Floor(serial))) < Millisecond || serial - Math.Floor(serial) > 1 - Millisecond && time == TimeOnly.MinValue;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, out var moment))
            return false;
        var read = moment.ToOADate();
        return Math.Abs(read - serial) < Millisecond || (serial is >= 0 and < 61 && Math.Abs(read - serial - 1) < Millisecond);
    }
}
