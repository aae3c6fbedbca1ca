using System.ComponentModel;
using System.Diagnostics;

namespace SegFunctions.Cli.Azurite;

/// <summary>The repository's <c>azurite/</c> folder, which pins the storage emulator, and its one-time installation.</summary>
internal static class AzuriteFolder
{
    /// <summary>Finds <c>azurite/run.mjs</c> in this folder's ancestors or in those of the executable.</summary>
    /// <exception cref="AzuriteException">No ancestor has it.</exception>
    public static string Find()
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, "azurite");
                if (File.Exists(Path.Combine(candidate, "run.mjs")))
                    return candidate;
            }
        }

        throw new AzuriteException(
            "The folder 'azurite' (package.json, run.mjs) was found neither above the executable nor above the current "
            + "folder. Run the command inside a clone of the repository, or name a storage account with --storage.");
    }

    /// <summary>Runs <c>npm ci</c> once; processes that ask at the same time wait for the first.</summary>
    /// <returns>Whether anything had to be installed.</returns>
    /// <exception cref="AzuriteException">Node.js or npm is missing, too old, or the installation failed.</exception>
    public static async Task<bool> InstallAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        await RequireNodeAsync(cancellationToken);
        var installed = Path.Combine(folder, "node_modules", ".segfunctions-installed");
        var pinned = await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json"), cancellationToken);
        if (IsInstalled())
            return false;

        await using var gate = await LockAsync(Path.Combine(folder, ".install.lock"), time, cancellationToken);
        if (IsInstalled())
            return false;

        var (code, output) = await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], folder, cancellationToken);
        if (code != 0)
            throw new AzuriteException($"'npm ci' in {folder} failed with exit code {code}:{Environment.NewLine}{output.Trim()}");

        await File.WriteAllTextAsync(installed, pinned, cancellationToken);
        return true;

        bool IsInstalled() => File.Exists(installed) && File.ReadAllText(installed) == pinned;
    }

    private static async Task RequireNodeAsync(CancellationToken cancellationToken)
    {
        var (code, output) = await RunAsync("node", ["--version"], Environment.CurrentDirectory, cancellationToken);
        var text = output.Trim().TrimStart('v');
        if (code != 0 || !Version.TryParse(text, out var version))
            throw new AzuriteException($"'node --version' answered '{output.Trim()}' with exit code {code}. Install Node.js 20 or newer.");
        if (version.Major < 18)
            throw new AzuriteException($"Node.js {version} is too old for the storage emulator. Install Node.js 20 or newer.");
    }

    private static async Task<FileStream> LockAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellationToken);
            }
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(
        string program, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new AzuriteException(
                $"'{program}' was not found on the PATH. The storage emulator needs Node.js 20 or newer with npm: "
                + "install it from your package source, or name a storage account with --storage.");
        }

        using (process)
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
    }
}
