using System.Buffers.Binary;
using System.Text;

namespace ImageSearch.Testing;

/// <summary>Writes little EXIF blocks for tests: a main directory, and below it those of the camera and of the place.</summary>
public sealed class ExifBuilder
{
    private const ushort Ascii = 2;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Rational = 5;
    private const int CameraPointer = 0x8769;
    private const int PlacePointer = 0x8825;

    private readonly List<(int Tag, ushort Type, int Count, byte[] Value)> _main = [];
    private readonly List<(int Tag, ushort Type, int Count, byte[] Value)> _camera = [];
    private readonly List<(int Tag, ushort Type, int Count, byte[] Value)> _place = [];

    public static byte[] OfOrientation(int orientation) => new ExifBuilder().Orientation(orientation).Build();

    public ExifBuilder Orientation(int orientation)
    {
        _main.Add((0x0112, Short, 1, Bytes((ushort)orientation)));
        return this;
    }

    public ExifBuilder Rating(int rating)
    {
        _main.Add((0x4746, Short, 1, Bytes((ushort)rating)));
        return this;
    }

    public ExifBuilder Main(int tag, string text) => Text(_main, tag, text);

    public ExifBuilder MainBytes(int tag, byte[] bytes)
    {
        _main.Add((tag, 1, bytes.Length, bytes));
        return this;
    }

    public ExifBuilder Camera(int tag, string text) => Text(_camera, tag, text);

    public ExifBuilder Place(string northOrSouth, uint[] latitude, string eastOrWest, uint[] longitude)
    {
        Text(_place, 1, northOrSouth);
        _place.Add((2, Rational, 3, [.. latitude.SelectMany(BitConverter.GetBytes)]));
        Text(_place, 3, eastOrWest);
        _place.Add((4, Rational, 3, [.. longitude.SelectMany(BitConverter.GetBytes)]));
        return this;
    }

    public byte[] Build()
    {
        var block = new List<byte>([.. "II*\0"u8, 8, 0, 0, 0]);
        var main = _main.ToList();
        main.Add((CameraPointer, Long, 1, new byte[4]));
        main.Add((PlacePointer, Long, 1, new byte[4]));
        var places = Append(block, main);
        foreach (var (pointer, entries) in new[] { (CameraPointer, _camera), (PlacePointer, _place) })
        {
            var offset = block.Count;
            BinaryPrimitives.WriteInt32LittleEndian(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(block)[places[pointer]..], offset);
            Append(block, entries);
        }

        return [.. block];
    }

    private static Dictionary<int, int> Append(List<byte> block, List<(int Tag, ushort Type, int Count, byte[] Value)> entries)
    {
        var places = new Dictionary<int, int>();
        var behind = block.Count + 2 + (entries.Count * 12) + 4;
        var values = new List<byte>();
        block.AddRange(Bytes((ushort)entries.Count));
        foreach (var (tag, type, count, value) in entries.OrderBy(entry => entry.Tag))
        {
            block.AddRange([.. Bytes((ushort)tag), .. Bytes(type), .. BitConverter.GetBytes(count)]);
            places[tag] = block.Count;
            if (value.Length <= 4)
            {
                block.AddRange([.. value, .. new byte[4 - value.Length]]);
            }
            else
            {
                block.AddRange(BitConverter.GetBytes(behind + values.Count));
                values.AddRange(value);
            }
        }

        block.AddRange(new byte[4]);
        block.AddRange(values);
        return places;
    }

    private static byte[] Bytes(ushort value) => BitConverter.GetBytes(value);

    private ExifBuilder Text(List<(int, ushort, int, byte[])> entries, int tag, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "\0");
        entries.Add((tag, Ascii, bytes.Length, bytes));
        return this;
    }
}
