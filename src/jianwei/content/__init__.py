"""What a post is: its form (图片, 视频, 一图解说 …) and its function (新闻发布, 便民服务 …)."""
