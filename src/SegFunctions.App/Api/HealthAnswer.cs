using SegFunctions.App.Privacy;
using SegFunctions.App.Privacy.Retention;

namespace SegFunctions.App.Api;

/// <summary>The app can do its work.</summary>
/// <param name="Status"><c>ok</c>.</param>
/// <param name="Run">The run that is served; null before the first.</param>
public sealed record HealthAnswer(string Status, RunStamp? Run, VaultAnswer Vault, RetentionAnswer Retention);

/// <summary>The keys of the vault.</summary>
/// <param name="Newest">Id of the key that seals; it tells nothing of the key.</param>
/// <param name="Keys">Keys that are known.</param>
/// <param name="OlderMayGo">Everything is sealed with the newest key: the others can be taken out of the settings, or disabled in Key Vault.</param>
/// <param name="CheckedAt">When that was last looked at; null: not yet.</param>
public sealed record VaultAnswer(string Newest, int Keys, bool OlderMayGo, DateTimeOffset? CheckedAt)
{
    internal static VaultAnswer From(VaultState state) => new(state.Newest, state.Keys, state.OlderMayGo, state.CheckedAt);
}

/// <summary>How long data is kept.</summary>
/// <param name="RowDays">Days by dataset; datasets that are not named are kept.</param>
/// <param name="FileDays">Days of dropped files, quarantine and reports; null: kept.</param>
/// <param name="Notice">What is kept for ever, in words; null where all has a limit.</param>
public sealed record RetentionAnswer(IReadOnlyDictionary<string, int> RowDays, int? FileDays, string? Notice)
{
    internal static RetentionAnswer From(RetentionOptions options) => new(options.RowDays, options.FileDays, options.Notice);
}
