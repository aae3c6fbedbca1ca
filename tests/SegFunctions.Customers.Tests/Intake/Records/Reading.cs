using System.Text;
using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Records;

/// <summary>What a reader gave, as strings.</summary>
internal sealed record ReadText(string[] Header, IReadOnlyList<ReadRecord> Records)
{
    public string[][] Cells => [.. Records.Select(record => record.Fields)];
}

internal sealed record ReadRecord(long Line, string[] Fields, string Raw, string? Rule, string? Message)
{
    /// <summary>One comparable line.</summary>
    public override string ToString() => $"{Line}|{string.Join('§', Fields)}|{Raw}|{Rule}|{Message}";
}

internal static class Reading
{
    public static async Task<ReadText> Csv(string text, CsvReaderOptions? options = null) => await Csv(Encoding.UTF8.GetBytes(text), options);

    public static async Task<ReadText> Csv(byte[] bytes, CsvReaderOptions? options = null, Func<int, int>? readSize = null)
    {
        await using var reader = await CsvRecordReader.OpenAsync(new DribblingStream(bytes, readSize), options ?? new CsvReaderOptions(), CancellationToken.None);
        return await All(reader);
    }

    public static async Task<ReadText> All(RecordReader reader)
    {
        var records = new List<ReadRecord>();
        while (await reader.ReadAsync(CancellationToken.None) is { } batch)
        {
            using (batch)
            {
                Assert.True(batch.Count > 0, "a batch holds records");
                for (var record = 0; record < batch.Count; record++)
                {
                    var fields = new string[batch.FieldCount(record)];
                    for (var column = 0; column < fields.Length; column++)
                        fields[column] = Encoding.UTF8.GetString(batch.Field(record, column));
                    Assert.True(batch.Field(record, fields.Length).IsEmpty);
                    var fault = batch.Fault(record);
                    records.Add(new ReadRecord(batch.Line(record), fields, Encoding.UTF8.GetString(batch.Raw(record)), fault?.Rule, fault?.Message));
                }
            }
        }

        return new ReadText([.. reader.Header], records);
    }
}

/// <summary>A stream that cannot seek and gives as many bytes at a time as it is told.</summary>
internal sealed class DribblingStream(byte[] content, Func<int, int>? readSize = null) : Stream
{
    private int _position;
    private int _reads;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var size = Math.Min(Math.Min(count, readSize?.Invoke(_reads++) ?? count), content.Length - _position);
        Array.Copy(content, _position, buffer, offset, size);
        _position += size;
        return size;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
