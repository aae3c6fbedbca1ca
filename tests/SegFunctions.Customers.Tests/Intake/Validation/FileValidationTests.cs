using SegFunctions.Customers.Intake;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Validation;
using SegFunctions.Testing;

namespace SegFunctions.Customers.Tests.Intake.Validation;

public sealed class FileValidationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public async Task Three_files_are_written_and_nothing_else()
    {
        var file = Write("shop.csv", "customer id,date,amount\n7,2011-01-02,5\n,2011-01-02,5\n");
        var result = await ValidateAsync(file, Out);

        Assert.Null(result.Failure);
        Assert.Equal([FileValidation.CanonicalName, FileValidation.QuarantineName, FileValidation.ReportName], Directory.GetFiles(Out).Select(Path.GetFileName).Order());
        Assert.Equal(2, File.ReadAllLines(Path.Combine(Out, FileValidation.CanonicalName)).Length);
        Assert.Equal("line,column,value,rule,severity,message,cure,raw", File.ReadAllLines(Path.Combine(Out, FileValidation.QuarantineName))[0]);
        var report = QualityReportJson.Read(await File.ReadAllBytesAsync(Path.Combine(Out, FileValidation.ReportName)));
        Assert.Equal(result.Report.Rows, report.Rows);
        Assert.Equal(result.Report.Columns.Count, report.Columns.Count);
    }

    [Fact]
    public async Task Without_a_folder_nothing_is_written()
    {
        var file = Write("shop.csv", "customer id,date,amount\n7,2011-01-02,5\n");
        Assert.Equal(1, (await ValidateAsync(file, null)).Report.Rows.Accepted);
        Assert.Single(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_refused_row_fails_strict_validation_only()
    {
        var file = Write("shop.csv", "customer id,date,amount\n7,2011-01-02,5\n,2011-01-02,5\n");
        Assert.Null((await ValidateAsync(file, null)).Failure);
        var failure = (await ValidateAsync(file, null, strict: true)).Failure;
        Assert.Contains("1 of its 2 rows were refused", failure, StringComparison.Ordinal);
        Assert.Contains("required, first on line 3", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_which_nothing_is_accepted_fails_and_leaves_a_header()
    {
        var result = await ValidateAsync(Write("shop.csv", "customer id,date,amount\n,2011-01-02,5\n"), Out);
        Assert.StartsWith("shop.csv: none of its 1 rows was accepted", result.Failure, StringComparison.Ordinal);
        Assert.StartsWith("key,orderId,", Assert.Single(File.ReadAllLines(Path.Combine(Out, FileValidation.CanonicalName))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mapping_beside_the_file_is_taken_before_that_of_its_folder()
    {
        var file = Write("shop.txt", "a;b;c\n7;2011-01-02;5\n");
        Write("mapping.json", """{ "dataset": "customers", "columns": { "a": "customerId" } }""");
        Assert.Equal("customers", (await ValidateAsync(file, null)).Report.Dataset);
        Write("shop.txt.mapping.json", """{ "dataset": "orders", "columns": { "a": "customerId", "b": "timestamp", "c": "amount" } }""");
        Assert.Equal("orders", (await ValidateAsync(file, null)).Report.Dataset);
        var other = Write("other.json", """{ "dataset": "tickets", "columns": { "a": "customerId", "b": "timestamp", "c": "satisfaction" } }""");
        Assert.Equal("tickets", (await ValidateAsync(file, null, mapping: other)).Report.Dataset);
    }

    [Fact]
    public async Task The_folder_below_uploads_names_the_dataset()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "uploads", "tickets"));
        var file = Path.Combine(folder.FullName, "t.csv");
        await File.WriteAllTextAsync(file, "customer id,date,amount\n7,2011-01-02,5\n");
        var report = (await ValidateAsync(file, null)).Report;
        Assert.Equal(("tickets", "folder"), (report.Dataset, report.Evidence));
    }

    [Fact]
    public async Task A_missing_file_and_a_faulty_mapping_are_named()
    {
        var missing = Path.Combine(_folder.FullName, "none.csv");
        Assert.Contains("none.csv", (await Assert.ThrowsAsync<UnreadableFileException>(() => ValidateAsync(missing, null))).Message, StringComparison.Ordinal);
        var file = Write("shop.csv", "customer id,date,amount\n7,2011-01-02,5\n");
        Write("mapping.json", "{ nonsense }");
        Assert.Contains("mapping.json", (await Assert.ThrowsAsync<MappingException>(() => ValidateAsync(file, null))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_secret_keys_group_the_rows_of_one_run_only()
    {
        var file = Write("shop.csv", "customer id,date,amount\n7,2011-01-02,5\n7,2011-01-03,5\n");
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await ValidateAsync(file, Out);
            runs.Add(Assert.Single(File.ReadLines(Path.Combine(Out, FileValidation.CanonicalName)).Skip(1).Select(row => row[..26]).Distinct()));
        }

        Assert.NotEqual(runs[0], runs[1]);
    }

    [Fact]
    public async Task Rows_after_today_are_refused()
    {
        var file = Write("shop.csv", "customer id,date,amount\n7,2011-01-02,5\n7,2031-01-02,5\n");
        Assert.Equal("out-of-range", Assert.Single((await ValidateAsync(file, null)).Report.RefusedByRule).Rule);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Out => Path.Combine(_folder.FullName, "out");

    private static Task<ValidationResult> ValidateAsync(string file, string? folder, bool strict = false, string? mapping = null) =>
        new FileValidation(null, new IntakeOptions { Workers = 2 }, new ManualTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)))
            .ValidateAsync(file, folder, strict, dataset: null, mapping, CancellationToken.None);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
