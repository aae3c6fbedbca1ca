namespace SegFunctions.App.Hosting.Settings;

/// <summary>The app cannot start with the settings that it was given; every fault is listed.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception(faults.Count == 1 ? faults[0] : "The settings have faults:\n" + string.Join('\n', faults.Select(fault => "- " + fault)))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
