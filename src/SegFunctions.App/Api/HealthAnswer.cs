using SegFunctions.App.Privacy;

namespace SegFunctions.App.Api;

/// <summary>The app can do its work.</summary>
/// <param name="Status"><c>ok</c>.</param>
/// <param name="Run">The run that is served; null before the first.</param>
public sealed record HealthAnswer(string Status, RunStamp? Run, VaultAnswer Vault);

/// <summary>The keys of the vault.</summary>
/// <param name="Newest">Id of the key that seals; it tells nothing of the key.</param>
/// <param name="Keys">Keys that are known.</param>
/// <param name="OlderMayGo">Everything is sealed with the newest key: the others can be taken out of the settings, or disabled in Key Vault.</param>
/// <param name="CheckedAt">When that was last looked at; null: not yet.</param>
public sealed record VaultAnswer(string Newest, int Keys, bool OlderMayGo, DateTimeOffset? CheckedAt)
{
    internal static VaultAnswer From(VaultState state) => new(state.Newest, state.Keys, state.OlderMayGo, state.CheckedAt);
}
