using System.Globalization;
using SegFunctions.App.Api;
using Spectre.Console;

namespace SegFunctions.Cli.Demo;

/// <summary>A demo's result as a person reads it.</summary>
internal static class DemoTables
{
    private const int ProposalsShown = 2;
    private static readonly string[] Kinds = ["cluster", "rfm", "stage", "prediction"];

    public static void Print(
        IAnsiConsole screen, DemoResult result, IReadOnlyList<SegmentAnswer> segments, IReadOnlyList<CustomerAnswer> customers, bool keep)
    {
        screen.WriteLine();
        screen.Write(Files(result));
        foreach (var kind in Kinds)
        {
            var own = segments.Where(segment => segment.Kind == kind && segment.Members > 0).ToArray();
            if (own.Length > 0)
                screen.Write(Segments(kind, own));
        }

        var micro = segments.Count(segment => segment is { Kind: "micro", Members: > 0 });
        if (micro > 0)
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{micro} finer groups lie inside the clusters; GET /api/v1/segments?kind=micro lists them."));
        screen.WriteLine(Churn(result.Churn));
        screen.WriteLine(Lifetime(result.Lifetime));
        screen.WriteLine($"Next products: {result.NextProducts?.Reason ?? "not told"}.");
        screen.WriteLine($"Next categories: {result.NextCategories?.Reason ?? "not told"}.");
        screen.WriteLine($"{result.Customers:N0} customers, {result.AsOfReason}.");
        screen.WriteLine();
        foreach (var customer in customers)
            screen.Write(Customer(customer));
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Done in {result.Seconds["total"]:0.0} s: intake {result.Seconds["intake"]:0.0} s, refresh {result.Seconds["refresh"]:0.0} s; peak memory {result.PeakMemoryMegabytes:0} MB."));
        screen.WriteLine(keep
            ? $"Look up a customer: curl -H 'x-functions-key: {result.ApiKey}' {result.Url}api/v1/customers/{result.Lookups.FirstOrDefault()?.Customer}/memberships"
            : "Run it with --keep to call the API yourself, with --data DIR to use your own files.");
    }

    private static Table Files(DemoResult result)
    {
        var table = New("Files taken in", ("file", false), ("dataset", false), ("read", true), ("accepted", true), ("refused", true), ("duplicates", true));
        foreach (var upload in result.Uploads)
        {
            table.AddRow(
                Markup.Escape(upload.File),
                Markup.Escape(upload.Dataset ?? upload.Status),
                Count(upload.Rows?.Read), Count(upload.Rows?.Accepted), Count(upload.Rows?.Refused), Count(upload.Rows?.Duplicates));
            if (upload.Error is not null)
                table.AddRow(new Markup(""), new Markup(Markup.Escape(upload.Error)));
        }

        return table;
    }

    private static Table Segments(string kind, SegmentAnswer[] segments)
    {
        var table = New($"Segments by {kind}", ("name", false), ("customers", true), ("share", true), ("revenue", true), ("who they are", false));
        foreach (var segment in segments)
        {
            table.AddRow(
                Markup.Escape(segment.Name),
                Count(segment.Members),
                Percent(segment.Share),
                Percent(segment.RevenueShare),
                Markup.Escape(segment.Description));
        }

        return table;
    }

    private static Table Customer(CustomerAnswer customer)
    {
        var table = New($"Customer {customer.Customer}", ("segment", false), ("since", false), ("why", false));
        foreach (var membership in customer.Memberships)
        {
            table.AddRow(
                Markup.Escape(membership.Name),
                membership.Since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Markup.Escape(string.Join("; ", membership.Reasons)));
        }

        if (customer.Scores.Lifetime is { Clv: { } clv } lifetime)
        {
            var next = lifetime.NextOrder is { } day ? $"; next order about {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "";
            table.AddRow("worth to come", "", Markup.Escape(string.Create(CultureInfo.InvariantCulture,
                $"{clv:0.##} in {lifetime.HorizonDays} days from {lifetime.ExpectedOrders:0.0} order days{next}")));
        }

        if (customer.Scores.Next is { } items)
        {
            foreach (var one in (items.Products ?? []).Take(ProposalsShown))
                table.AddRow("may buy next", "", Markup.Escape($"{one.Name}: {string.Join("; ", one.Reasons)}"));
        }

        return table;
    }

    private static string Churn(DemoChurn? churn) => churn switch
    {
        null => "Churn: not predicted.",
        { Auc: { } auc, BaselineAuc: { } baseline } => string.Create(CultureInfo.InvariantCulture,
            $"Churn: {churn.Model}, AUC {auc:0.000} against {baseline:0.000} of the baseline: {churn.Reason}."),
        _ => $"Churn: {churn.Model}: {churn.Reason}.",
    };

    private static string Lifetime(DemoLifetime? lifetime) => lifetime switch
    {
        null => "Value to come: not told.",
        { Total: { } total } => string.Create(CultureInfo.InvariantCulture, $"Value to come: {total:N0} in {lifetime.Days} days: {lifetime.Reason}."),
        _ => $"Value to come: {lifetime.Reason}.",
    };

    private static Table New(string title, params (string Name, bool IsNumber)[] columns)
    {
        var table = new Table().Title(Markup.Escape(title)).Border(TableBorder.Rounded);
        foreach (var (name, isNumber) in columns)
            table.AddColumn(new TableColumn(name) { Alignment = isNumber ? Justify.Right : Justify.Left, NoWrap = isNumber });
        return table;
    }

    private static string Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + "%";
}
