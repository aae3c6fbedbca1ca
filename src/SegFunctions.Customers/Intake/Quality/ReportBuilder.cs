using System.Text;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Encodings;
using SegFunctions.Customers.Intake.Orders;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Puts the report together from what was counted.</summary>
internal static class ReportBuilder
{
    public static QualityReport Build(IntakeRequest request, FilePass pass, RowSettlement settlement)
    {
        var plan = pass.Plan;
        var totals = pass.Totals;
        AddColumnFindings(plan, totals);
        AddReturnsFinding(plan.Dataset, settlement, totals);
        var outliers = Outliers.Find(plan, totals);
        settlement.Contacts.AddTo(totals.Warnings);
        var headers = plan.Columns.Select(column => column.Header).ToList();
        var rows = new RowCounts(totals.Read, settlement.Accepted, totals.Refused, settlement.Duplicates);
        if (rows.Read != rows.Accepted + rows.Refused + rows.Duplicates)
            throw new InvalidOperationException($"The totals of {request.FileName} do not add up: {rows}. This is an error in the program; nothing was written.");
        var report = new QualityReport
        {
            File = request.FileName,
            Sha256 = pass.Sha256,
            Bytes = pass.Bytes,
            Dataset = plan.Dataset.Name,
            Evidence = pass.Evidence,
            Source = request.Mapping.Source ?? CustomerKeyDerivation.DefaultNamespace,
            Format = Describe(pass.Format!, request),
            Rows = rows,
            Customers = new DistinctCount(settlement.Customers, Exact: true),
            Kinds = plan.Dataset == DatasetCatalog.Orders
                ? new SortedDictionary<string, long>(StringComparer.Ordinal)
                {
                    [OrderColumns.Purchase] = settlement.Kinds[(int)Features.OrderLineKind.Purchase],
                    [OrderColumns.Return] = settlement.Kinds[(int)Features.OrderLineKind.Return],
                    [OrderColumns.Free] = settlement.Kinds[(int)Features.OrderLineKind.Free],
                }
                : new SortedDictionary<string, long>(StringComparer.Ordinal),
            RefusedByRule = totals.RefusedByRule.ToReport(headers),
            Warnings = totals.Warnings.ToReport(headers),
            Repairs = totals.Repairs.ToReport(headers),
            Columns = [.. plan.Columns.Select(column => ColumnFigures.Of(column, plan, totals, request.ReceivedAt))],
            Constants = plan.Constants.Length == 0 ? null : [.. plan.Constants.Select((constant, number) => new ConstantCount(plan.Dataset.Fields[constant.Field].Name, Encoding.UTF8.GetString(constant.Text), totals.Constant(number).Count))],
            Sensitive = pass.Sensitive.ToReport(plan.Columns),
            Outliers = outliers,
            Review = new ReviewSample(ReviewRows.Of(totals.AcceptedSample, plan, totals, areAccepted: true), ReviewRows.Of(totals.RefusedSample, plan, totals, areAccepted: false)),
        };
        return report with { Grade = Grading.Of(report) };
    }

    private static SortedDictionary<string, string> Describe(FileFormat format, IntakeRequest request)
    {
        var described = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = format.Format.ToString().ToLowerInvariant(),
            ["compression"] = format.Entries.Count > 0 ? "zip" : format.IsGzip ? "gzip" : "none",
            ["encoding"] = format.Encoding.Name(),
            ["timeZone"] = request.Mapping.TimeZone.Name,
            ["evidence"] = string.Join(' ', format.Evidence),
        };
        if (format.Delimiter is { } delimiter)
            described["delimiter"] = delimiter.Spelling();
        if (format.HasHeader is { } header)
            described["header"] = header ? "true" : "false";
        if (request.Mapping.DateFormat is { } dates)
            described["dateFormat"] = dates.Text;
        return described;
    }

    private static void AddColumnFindings(FilePlan plan, RowTotals totals)
    {
        foreach (var column in plan.Columns)
        {
            var counted = totals.Column(column.Position);
            var reading = plan.Readings[column.Position];
            if (counted.PointZeros > 0)
                Add(totals.Repairs, DataRules.PointZeroRemoved, counted.PointZeros);
            if (column.Use is ColumnUse.Attribute && reading.IsSealed || column is { Use: ColumnUse.SealedAttribute, Evidence: "values" })
                Add(totals.Repairs, DataRules.IdentifierSealed, counted.Statistics.Values);
            if (column.Field < 0 || reading.IsSettled || counted.IsDefinite || counted.Ambiguous == 0)
                continue;
            Add(totals.Warnings, plan.Dataset.Fields[column.Field].Type is FieldType.Timestamp or FieldType.Date ? DataRules.DateOrderAmbiguous : DataRules.DecimalSignAmbiguous, counted.Ambiguous);

            void Add(RuleTally tally, DataRule rule, long count) =>
                tally.AddForColumn(rule.Id, column.Position, count, $"{rule.Title} (column \"{column.Header.Trim()}\"). {rule.Cure}");
        }
    }

    private static void AddReturnsFinding(Dataset dataset, RowSettlement settlement, RowTotals totals)
    {
        var returns = settlement.Kinds[(int)Features.OrderLineKind.Return];
        if (dataset == DatasetCatalog.Orders && 2 * returns > settlement.Accepted)
            totals.Warnings.AddForColumn(DataRules.MostlyReturns.Id, -1, returns, $"{DataRules.MostlyReturns.Title}: {returns} of {settlement.Accepted}. {DataRules.MostlyReturns.Cure}");
    }
}
