using System.Text.Json;
using System.Text.Json.Serialization;
using SegFunctions.Customers.Identity;

namespace SegFunctions.Cli.Dedupe;

/// <summary>Settings that may apply later, as a file of <c>--compare</c> names them; what it does not name stays as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DedupeSettings
{
    public double? ApplyAt { get; init; }

    public double? ReviewAt { get; init; }

    public int? LargestCluster { get; init; }

    public int? RecordsPerIdentifier { get; init; }

    public int? RecordsPerPhone { get; init; }

    public int? PairsPerRecord { get; init; }

    /// <summary>Whether a file of <c>--compare</c> holds settings rather than an earlier result.</summary>
    public static bool IsFile(string path) => Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="CommandFailedException">No settings, or settings that are not allowed; the message says which.</exception>
    public static async Task<IdentityOptions> ReadAsync(string path, IdentityOptions current, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new CommandFailedException($"The file '{path}' of --compare does not exist.");
        DedupeSettings? settings;
        try
        {
            await using var content = File.OpenRead(path);
            settings = await JsonSerializer.DeserializeAsync(content, CliJson.Default.DedupeSettings, cancellationToken);
        }
        catch (JsonException cause)
        {
            var place = cause.LineNumber is { } line ? $", line {line + 1}" : "";
            throw new CommandFailedException($"{name}{place}: {FaultOf(cause)}. Write one object with some of applyAt, reviewAt, largestCluster, recordsPerIdentifier, recordsPerPhone, pairsPerRecord.");
        }

        if (settings is null)
            throw new CommandFailedException($"{name} holds no settings. Write an object, as {{\"applyAt\": 0.8}}.");
        var options = settings.Over(current);
        return options.Validate() is { Count: > 0 } faults ? throw new CommandFailedException($"{name}: {string.Join(' ', faults)}") : options;
    }

    /// <summary>The serializer's message without names of our types.</summary>
    private static string FaultOf(JsonException cause)
    {
        var property = cause.Message.StartsWith("The JSON property '", StringComparison.Ordinal) ? cause.Message.Split('\'')[1] : null;
        if (property is not null)
            return $"'{property}' is no setting";
        return cause.Path is { Length: > 2 } path ? $"the value of {path[2..]} is no number that it may be" : "this is no object of settings in JSON";
    }

    private IdentityOptions Over(IdentityOptions current) => current with
    {
        ApplyAt = ApplyAt ?? current.ApplyAt,
        ReviewAt = ReviewAt ?? Math.Min(current.ReviewAt, ApplyAt ?? current.ApplyAt),
        LargestCluster = LargestCluster ?? current.LargestCluster,
        RecordsPerIdentifier = RecordsPerIdentifier ?? current.RecordsPerIdentifier,
        RecordsPerPhone = RecordsPerPhone ?? current.RecordsPerPhone,
        PairsPerRecord = PairsPerRecord ?? current.PairsPerRecord,
    };
}
