namespace SegFunctions.Cli.Tests;

/// <summary>Variables of this process for the time of a test; the tests of this project run one after the other.</summary>
internal sealed class EnvironmentVariables : IDisposable
{
    private readonly (string Name, string? Before)[] _before;

    public EnvironmentVariables(params (string Name, string? Value)[] variables)
    {
        _before = [.. variables.Select(variable => (variable.Name, Environment.GetEnvironmentVariable(variable.Name)))];
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        foreach (var (name, before) in _before)
            Environment.SetEnvironmentVariable(name, before);
    }
}
