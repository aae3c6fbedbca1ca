using System.Security.Cryptography;
using System.Text.Json;

namespace SegFunctions.Cli.Local;

/// <summary>Secrets of a local storage folder, made once and kept in it; everywhere else they are settings.</summary>
/// <param name="CustomerKeySecret">Base64; customer keys are made with it.</param>
/// <param name="VaultKey">Base64 of 32 bytes; direct identifiers are sealed with it.</param>
/// <param name="ApiKey">What callers send as <c>x-functions-key</c>.</param>
internal sealed record LocalSecrets(string CustomerKeySecret, string VaultKey, string ApiKey)
{
    private const string FileName = "secrets.json";

    /// <summary>Reads the folder's secrets, or makes them on the first call. Only the owner may read the file.</summary>
    public static LocalSecrets OpenOrCreate(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            var made = new LocalSecrets(RandomText(32), RandomText(32), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)));
            Write(path, made);
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CliJson.Default.LocalSecrets)
                ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException damaged)
        {
            throw new CommandFailedException(
                $"{path} is damaged ({damaged.Message}). Without it the customer keys in this folder cannot be made again: "
                + "restore the file, or use another --storage folder.", damaged);
        }
    }

    private static void Write(string path, LocalSecrets secrets)
    {
        // Whole or not at all: a process that dies here must not leave half a file behind.
        var draft = path + "." + Path.GetRandomFileName();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(draft, options))
            JsonSerializer.Serialize(stream, secrets, CliJson.Default.LocalSecrets);
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    private static string RandomText(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));
}
