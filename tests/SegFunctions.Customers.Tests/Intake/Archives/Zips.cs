using System.IO.Compression;
using System.Text;

namespace SegFunctions.Customers.Tests.Intake.Archives;

/// <summary>Writes small zip archives.</summary>
internal static class Zips
{
    public static byte[] Of(params (string Name, string Text)[] entries) => Of([.. entries.Select(entry => (entry.Name, Encoding.UTF8.GetBytes(entry.Text)))]);

    public static byte[] Of(params (string Name, byte[] Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
