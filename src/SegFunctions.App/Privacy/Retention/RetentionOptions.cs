using System.Globalization;
using SegFunctions.Customers.Intake.Datasets;

namespace SegFunctions.App.Privacy.Retention;

/// <summary>How long data is kept. Without a setting it is kept until somebody says otherwise.</summary>
internal sealed record RetentionOptions
{
    /// <summary>Days after its moment a row of a dataset goes; datasets that are not named keep their rows.</summary>
    public IReadOnlyDictionary<string, int> RowDays { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Days after which a dropped file, its quarantine and its report go; null: never.</summary>
    public int? FileDays { get; init; }

    /// <summary>All datasets: rows grow old by their moment, customer records by what the person has last done.</summary>
    public static IReadOnlyList<string> Datasets { get; } = [.. DatasetCatalog.All.Select(dataset => dataset.Name)];

    /// <summary>Datasets and files without a limit.</summary>
    public IReadOnlyList<string> Unlimited => [.. Datasets.Where(dataset => !RowDays.ContainsKey(dataset)), .. FileDays is null ? ["files"] : Array.Empty<string>()];

    /// <summary>What is kept for ever, in words for operators; null where all has a limit.</summary>
    public string? Notice => Unlimited.Count == 0
        ? null
        : $"No limit is set for {string.Join(", ", Unlimited)}: kept until somebody says otherwise. Set {AppSettingNames.Retention} and {AppSettingNames.KeepFiles}.";

    /// <summary>Reads <c>orders=1095, events=400</c>.</summary>
    /// <exception cref="FormatException">Names every entry that cannot be read.</exception>
    public static IReadOnlyDictionary<string, int> ParseRows(string setting)
    {
        var days = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var entry in setting.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = entry.Split('=', StringSplitOptions.TrimEntries);
            if (parts.Length == 2 && Datasets.Contains(parts[0], StringComparer.Ordinal) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                days[parts[0]] = number;
            else
                faults.Add($"'{entry}'");
        }

        return faults.Count == 0
            ? days
            : throw new FormatException($"{string.Join(", ", faults)} cannot be read; an entry is one of {string.Join(", ", Datasets)}, '=' and days, 1 or more.");
    }
}
