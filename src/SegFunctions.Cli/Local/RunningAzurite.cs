using System.Text.Json;

namespace SegFunctions.Cli.Local;

/// <summary>The Azurite that works on a storage folder right now, so that other commands find it.</summary>
/// <param name="ConnectionString">With the ports that it got.</param>
internal sealed record RunningAzurite(string ConnectionString)
{
    private const string FileName = "azurite.json";

    public static RunningAzurite? Find(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), CliJson.Default.RunningAzurite) : null;
        }
        catch (JsonException)
        {
            // Half a file of a process that was killed says the same as no file: nobody is known to run.
            return null;
        }
    }

    public void Announce(string folder) =>
        File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, CliJson.Default.RunningAzurite));

    public static void Withdraw(string folder) => File.Delete(Path.Combine(folder, FileName));
}
